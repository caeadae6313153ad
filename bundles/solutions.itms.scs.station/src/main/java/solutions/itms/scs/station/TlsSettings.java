package solutions.itms.scs.station;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.settings.Options;

/** How the interface is encrypted: a key store of the Java platform with the key, and with whom to trust for mTLS. */
final class TlsSettings {
    private final String keystore;
    private final String password;
    private final String clientAuth;

    private TlsSettings(String keystore, String password, String clientAuth) {
        this.keystore = keystore;
        this.password = password;
        this.clientAuth = clientAuth;
    }

    /** What was configured; null = plain HTTP. */
    static @Nullable TlsSettings of(Options options, UnaryOperator<String> decrypt) {
        String keystore = options.text("tls.keystore", "");
        String clientAuth = options.text("tls.client.auth", "none").toLowerCase(Locale.ROOT);
        if (!clientAuth.equals("none") && !clientAuth.equals("want") && !clientAuth.equals("need")) {
            // whoever asks for more than none is not given less
            options.problem("tls.client.auth '" + clientAuth + "' is none of none, want and need; using need");
            clientAuth = "need";
        }
        String password = decrypt.apply(options.text("tls.keystore.password", ""));
        return keystore.isEmpty() ? null : new TlsSettings(keystore, password, clientAuth);
    }

    /** For the server; the file is read when the server starts. */
    SslContextFactory.Server contextFactory() {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setKeyStorePath(java.nio.file.Path.of(keystore).toUri().toString());
        factory.setKeyStorePassword(password);
        factory.setTrustStorePath(java.nio.file.Path.of(keystore).toUri().toString());
        factory.setTrustStorePassword(password);
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        factory.setNeedClientAuth(clientAuth.equals("need"));
        factory.setWantClientAuth(clientAuth.equals("want"));
        return factory;
    }
}
