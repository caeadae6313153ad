package solutions.itms.scs.cloud.mqtt;

import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.jspecify.annotations.Nullable;

/** Stored passwords in plain text. Stateless. */
final class PasswordAdapter {
    private PasswordAdapter() {}

    /** Kura stores some in plain text, until they are changed for the first time: what can't be decrypted is one. */
    static String decrypt(@Nullable CryptoService crypto, String stored) {
        if (crypto == null || stored.isEmpty()) {
            return stored;
        }
        try {
            char[] plain = crypto.decryptAes(stored.toCharArray());
            return plain == null ? stored : new String(plain);
        } catch (KuraException | RuntimeException e) {
            return stored;
        }
    }
}
