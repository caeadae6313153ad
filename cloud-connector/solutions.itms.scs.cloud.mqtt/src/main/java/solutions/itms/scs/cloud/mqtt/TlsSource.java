package solutions.itms.scs.cloud.mqtt;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** Where TLS connections come from. */
interface TlsSource {
    /** The JVM's own keys and trusted certificates. */
    TlsSource JVM = new TlsSource() {
        @Override
        public SSLSocketFactory sockets() throws GeneralSecurityException {
            return SSLContext.getDefault().getSocketFactory();
        }

        @Override
        public boolean checksHostName() {
            return false;
        }
    };

    SSLSocketFactory sockets() throws GeneralSecurityException, IOException;

    /** Whether its sockets compare the host's name with the certificate, if that is wanted; else the caller has to. */
    boolean checksHostName();
}
