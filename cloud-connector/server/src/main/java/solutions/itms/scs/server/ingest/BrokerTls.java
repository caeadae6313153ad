package solutions.itms.scs.server.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * By what an encrypted connection to the broker is trusted, and who the server is there. Immutable.
 *
 * @param trust whose certificates are trusted; null for those that the JVM trusts
 * @param keys the certificate that the server shows; null when it shows none
 */
public record BrokerTls(
        @Nullable TrustManagerFactory trust, @Nullable KeyManagerFactory keys) {
    /** What the JVM trusts, and no certificate of one's own. */
    public static final BrokerTls STANDARD = new BrokerTls(null, null);

    /**
     * Reads both.
     *
     * @param authorities PEM file of one or more certificates; null for what the JVM trusts
     * @param keyStore PKCS #12 file with a certificate and its key; null for none
     * @throws IOException if one of them can't be used; the message names it
     */
    public static BrokerTls read(@Nullable Path authorities, @Nullable Path keyStore, @Nullable String password)
            throws IOException {
        return new BrokerTls(
                authorities == null ? null : trust(authorities),
                keyStore == null ? null : keys(keyStore, password == null ? "" : password));
    }

    private static TrustManagerFactory trust(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            if (number == 0) {
                throw new IOException("there is no certificate in " + file);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return trust;
        } catch (GeneralSecurityException e) {
            throw new IOException("no certificates can be read from " + file + ": " + e.getMessage(), e);
        }
    }

    private static KeyManagerFactory keys(Path file, String password) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password.toCharArray());
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException("no key can be read from " + file + ": " + e.getMessage(), e);
        }
    }
}
