package solutions.itms.scs.cloud.mqtt;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/** Shows the certificate of one alias and no other. */
final class OneKeyManager extends X509ExtendedKeyManager {
    private final String alias;
    private final X509KeyManager keys;

    private OneKeyManager(String alias, X509KeyManager keys) {
        this.alias = alias;
        this.keys = keys;
    }

    static KeyManager[] only(String alias, KeyManager[] managers) {
        KeyManager[] only = managers.clone();
        for (int i = 0; i < only.length; i++) {
            if (only[i] instanceof X509KeyManager keys) {
                only[i] = new OneKeyManager(alias, keys);
            }
        }
        return only;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {alias};
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias;
    }

    @Override
    public String chooseEngineClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String wanted) {
        return keys.getCertificateChain(wanted);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String wanted) {
        return keys.getPrivateKey(wanted);
    }
}
