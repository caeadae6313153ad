package solutions.itms.scs.message.command;

import java.security.PrivateKey;

/**
 * A private key and the id under which others know its public one.
 *
 * @param id as in {@link KeyRing}
 * @param key Ed25519
 */
public record SigningKey(String id, PrivateKey key) {
    public SigningKey {
        KeyRing.checkId(id);
    }

    /**
     * Reads a key as it is configured.
     *
     * @param text {@code id:key}, the key as {@link Ed25519#privateKey} takes it
     * @throws IllegalArgumentException if it is wrong; the text tells nothing of the key
     */
    public static SigningKey parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("a key must have the form id:key");
        }
        return new SigningKey(text.substring(0, colon).strip(), Ed25519.privateKey(text.substring(colon + 1)));
    }

    /** Tells nothing of the key. */
    @Override
    public String toString() {
        return "SigningKey " + id;
    }
}
