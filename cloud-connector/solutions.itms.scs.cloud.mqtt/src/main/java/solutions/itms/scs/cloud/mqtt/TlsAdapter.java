package solutions.itms.scs.cloud.mqtt;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.kura.ssl.SslManagerService;
import org.jspecify.annotations.Nullable;

/**
 * TLS by the SSL manager that was chosen. If none was, by the JVM; if one was and it is not there, not at all: falling
 * back silently would trust others than those who were meant.
 *
 * @param manager the service; null when not there
 * @param target what was chosen: a filter, {@link #NONE} or empty
 */
record TlsAdapter(
        @Nullable SslManagerService manager, @Nullable Object target) implements TlsSource {
    /** Kura's way of saying that nothing was chosen yet. */
    static final String NONE = "(kura.service.pid=changeme)";

    @Override
    public SSLSocketFactory sockets() throws GeneralSecurityException, IOException {
        if (manager != null) {
            return manager.getSSLSocketFactory();
        }
        if (target instanceof String filter && !filter.isBlank() && !filter.equals(NONE)) {
            throw new IOException("the SSL manager " + filter + " is not there");
        }
        return TlsSource.JVM.sockets();
    }

    @Override
    public boolean checksHostName() {
        return manager != null;
    }
}
