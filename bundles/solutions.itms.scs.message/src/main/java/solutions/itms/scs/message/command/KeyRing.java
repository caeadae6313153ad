package solutions.itms.scs.message.command;

import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Public keys by their id. Several are valid at once, so that a new one can be handed out before the old one goes.
 *
 * @param keys id → key; an id has 1 to 128 printable ASCII characters without blanks and colons
 */
public record KeyRing(Map<String, PublicKey> keys) {
    /** More keys than this are never valid at once. */
    public static final int MAX_KEYS = 8;

    private static final Pattern ID = Pattern.compile("[!-9;-~]{1,128}");

    public KeyRing {
        keys = Map.copyOf(keys);
        keys.keySet().forEach(KeyRing::checkId);
    }

    /**
     * Reads keys as they are configured.
     *
     * @param entries {@code id:key}, the key as {@link Ed25519#publicKey} takes it
     * @throws IllegalArgumentException if one of them is wrong; the text says which
     */
    public static KeyRing parse(List<String> entries) {
        if (entries.size() > MAX_KEYS) {
            throw new IllegalArgumentException("at most " + MAX_KEYS + " keys are allowed, not " + entries.size());
        }
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        for (String entry : entries) {
            int colon = entry.lastIndexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("a key must have the form id:key");
            }
            String id = entry.substring(0, colon).strip();
            checkId(id);
            try {
                if (keys.put(id, Ed25519.publicKey(entry.substring(colon + 1))) != null) {
                    throw new IllegalArgumentException("it is there twice");
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("key " + id + ": " + e.getMessage(), e);
            }
        }
        return new KeyRing(keys);
    }

    /** The key of this id. */
    public Optional<PublicKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    static void checkId(String id) {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "the id of a key must have 1 to 128 printable ASCII characters without blanks and colons");
        }
    }

    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }
}
