package solutions.itms.scs.cloud.mqtt;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate in a key store of its own. */
record Certificates(Path keyStore) {
    private static final String PASSWORD = "changeit";

    /** @param name what the certificate is for, as keytool writes it: {@code ip:127.0.0.1} or {@code dns:host} */
    static Certificates selfSigned(Path folder, String name) throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=broker",
                        "-ext",
                        "san=" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new AssertionError("keytool failed");
        }
        return new Certificates(file);
    }

    /** What the broker needs to show the certificate. */
    Map<String, Object> acceptor() {
        return Map.of(
                "sslEnabled",
                true,
                "keyStoreType",
                "PKCS12",
                "keyStorePath",
                keyStore.toString(),
                "keyStorePassword",
                PASSWORD);
    }

    /** As {@link #acceptor}, and it lets in only who shows this certificate, too. */
    Map<String, Object> acceptorThatAsks() {
        Map<String, Object> acceptor = new java.util.HashMap<>(acceptor());
        acceptor.put("needClientAuth", true);
        acceptor.put("trustStoreType", "PKCS12");
        acceptor.put("trustStorePath", keyStore.toString());
        acceptor.put("trustStorePassword", PASSWORD);
        return acceptor;
    }

    KeyStore store() throws Exception {
        try (InputStream in = Files.newInputStream(keyStore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        }
    }

    List<KeyManager> keyManagers() throws Exception {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store(), PASSWORD.toCharArray());
        return List.of(factory.getKeyManagers());
    }

    /** Sockets that trust this certificate and no other. */
    SSLSocketFactory trusting() {
        try (InputStream in = Files.newInputStream(keyStore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("broker", store.getCertificate("broker"));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
