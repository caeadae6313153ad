package solutions.itms.scs.cloud.mqtt;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.ssl.SslManagerService;
import org.jspecify.annotations.Nullable;

/**
 * TLS by the SSL manager that was chosen, else with the key store that was chosen. If none was, by the JVM; if one was
 * and it is not there, not at all: falling back silently would trust others than those who were meant.
 *
 * @param manager the service; null when not there
 * @param managerTarget what was chosen: a filter, {@link #NONE} or empty
 * @param keystore the service; null when not there
 * @param keystoreTarget what was chosen: a filter, {@link #NONE} or empty
 * @param alias of the own key and certificate; empty = whichever fits
 */
record TlsAdapter(
        @Nullable SslManagerService manager,
        @Nullable Object managerTarget,
        @Nullable KeystoreService keystore,
        @Nullable Object keystoreTarget,
        String alias)
        implements TlsSource {
    /** Kura's way of saying that nothing was chosen yet. */
    static final String NONE = "(kura.service.pid=changeme)";

    @Override
    public SSLSocketFactory sockets() throws GeneralSecurityException, IOException {
        if (manager != null) {
            return alias.isEmpty() ? manager.getSSLSocketFactory() : manager.getSSLSocketFactory(alias);
        }
        requireNone(managerTarget, "SSL manager");
        if (keystore != null) {
            return fromKeystore(keystore);
        }
        requireNone(keystoreTarget, "key store");
        return TlsSource.JVM.sockets();
    }

    private static void requireNone(@Nullable Object target, String what) throws IOException {
        if (target instanceof String filter && !filter.isBlank() && !filter.equals(NONE)) {
            throw new IOException("the " + what + " " + filter + " is not there");
        }
    }

    private SSLSocketFactory fromKeystore(KeystoreService service) throws GeneralSecurityException, IOException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(service.getKeyStore());
            KeyManager[] keys = service.getKeyManagers(KeyManagerFactory.getDefaultAlgorithm())
                    .toArray(new KeyManager[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(alias.isEmpty() ? keys : OneKeyManager.only(alias, keys), trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (KuraException e) {
            throw new IOException("the key store can't be used: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean checksHostName() {
        return manager != null;
    }
}
