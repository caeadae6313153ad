package solutions.itms.scs.station.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names files after device ids, which may hold anything. Everything but {@code [a-z0-9._-]} is percent-encoded in lower
 * case, so that ids that differ in case differ on disks that ignore it; so is what would lead out of the folder, hide
 * the file, or mean a device of Windows. Two ids never share a name.
 */
final class SafeName {
    /** With the date and the endings that follow, a name stays below the 255 bytes that file systems take. */
    static final int MAX_BYTES = 200;

    private static final Pattern RESERVED = Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

    /** Such an id could be taken for another's file of an earlier day. */
    private static final Pattern ENDS_LIKE_A_DATE = Pattern.compile("(.*)\\.(\\d{4}-\\d{2}-\\d{2})");

    private SafeName() {}

    /** The name, of ASCII characters; never empty. */
    static String of(String id) {
        String encoded = encode(id);
        if (encoded.startsWith(".") || RESERVED.matcher(encoded).matches()) {
            encoded = hex((byte) encoded.charAt(0)) + encoded.substring(1);
        }
        encoded = ENDS_LIKE_A_DATE.matcher(encoded).replaceFirst("$1%2e$2");
        boolean exact = StandardCharsets.UTF_8.newEncoder().canEncode(id) && !id.isEmpty();
        return exact && encoded.length() <= MAX_BYTES ? encoded : shortened(encoded) + "~" + hash(id);
    }

    private static String encode(String id) {
        StringBuilder encoded = new StringBuilder(id.length() + 16);
        for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '.' || b == '_' || b == '-';
            encoded.append(plain ? String.valueOf((char) b) : hex(b));
        }
        return encoded.toString();
    }

    /** The beginning, which tells people whose file it is; no percent sequence is cut in two. */
    private static String shortened(String encoded) {
        int end = Math.min(encoded.length(), MAX_BYTES - 33);
        int percent = encoded.lastIndexOf('%', end - 1);
        return encoded.substring(0, percent >= 0 && percent > end - 3 ? percent : end);
    }

    /** Of the characters, not of their encoding: lone surrogates have none. */
    private static String hash(String id) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * id.length());
        bytes.asCharBuffer().put(id);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte b) {
        return "%" + HexFormat.of().toHexDigits(b);
    }
}
