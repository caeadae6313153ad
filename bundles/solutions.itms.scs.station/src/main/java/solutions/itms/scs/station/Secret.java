package solutions.itms.scs.station;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** Something that others must know; only its digest is kept. */
final class Secret {
    private final byte[] digest;

    private Secret(String plain) {
        this.digest = digest(plain);
    }

    /** The secret; null when the text is empty, which means that none is set. */
    static @Nullable Secret of(String plain) {
        return plain.isEmpty() ? null : new Secret(plain);
    }

    /** Whether this is it; takes as long for a wrong one as for the right one. */
    boolean matches(@Nullable String given) {
        return given != null && MessageDigest.isEqual(digest, digest(given));
    }

    private static byte[] digest(String plain) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(plain.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
