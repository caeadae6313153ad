package solutions.itms.scs.ssh;

import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyStore.Entry;
import java.security.KeyStore.PrivateKeyEntry;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.jspecify.annotations.Nullable;

/** Keys from a key store of Kura. */
final class KeystoreAdapter implements SshSettings.KeySource {
    private final @Nullable KeystoreService service;

    /** @param service null when none is chosen, or it is not there */
    KeystoreAdapter(@Nullable KeystoreService service) {
        this.service = service;
    }

    @Override
    public KeyPair find(String alias) throws IOException {
        if (service == null) {
            throw new IOException("no key store is there");
        }
        try {
            Entry entry = service.getEntry(alias);
            if (entry instanceof PrivateKeyEntry key) {
                return new KeyPair(key.getCertificate().getPublicKey(), key.getPrivateKey());
            }
            throw new IOException("the key store has no private key of this name");
        } catch (KuraException e) {
            throw new IOException("the key store can't be read: " + e.getMessage(), e);
        }
    }
}
