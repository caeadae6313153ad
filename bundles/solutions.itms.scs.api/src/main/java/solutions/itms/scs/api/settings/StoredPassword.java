package solutions.itms.scs.api.settings;

import org.jspecify.annotations.Nullable;

/** Passwords as Kura stores them in the configuration of a component. Stateless. */
public final class StoredPassword {
    private StoredPassword() {}

    /** Makes plain text of an encrypted password, as Kura's {@code CryptoService} does. */
    @FunctionalInterface
    public interface Decryption {
        /** Null or an exception when it was not encrypted. */
        char @Nullable [] decrypt(char[] stored) throws Exception;
    }

    /**
     * The password in plain text. Kura stores some in plain text, until they are changed for the first time: what can't
     * be decrypted is one.
     *
     * @param decryption null where there is none, as without Kura
     */
    public static String plain(String stored, @Nullable Decryption decryption) {
        if (decryption == null || stored.isEmpty()) {
            return stored;
        }
        try {
            char[] plain = decryption.decrypt(stored.toCharArray());
            return plain == null ? stored : new String(plain);
        } catch (Exception e) {
            return stored;
        }
    }
}
