package solutions.itms.scs.message.command;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;

/**
 * JSON Web Signature in its compact form (RFC 7515), EdDSA with Ed25519 (RFC 8037) and nothing else: no other algorithm,
 * no {@code crit}, no key in the header, no padding, one text for one content.
 */
public final class Jws {
    /** A longer text is not read. */
    public static final int MAX_CHARS = 128 * 1024;

    private static final int MAX_HEADER_CHARS = 1_024;
    private static final String ALGORITHM = "EdDSA";
    private static final Set<String> MEMBERS = Set.of("alg", "kid", "typ");

    private Jws() {}

    /**
     * What was signed.
     *
     * @param keyId which key signed it
     * @param payload the bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // it is read once
    public record Signed(String keyId, byte[] payload) {}

    /** Signs; the header is {@code alg} and {@code kid}. */
    public static String sign(SigningKey key, byte[] payload) {
        Map<String, @Nullable Object> header = new LinkedHashMap<>();
        header.put("alg", ALGORITHM);
        header.put("kid", key.id());
        return sign(key.key(), JsonText.write(header), payload);
    }

    static String sign(PrivateKey key, byte[] header, byte[] payload) {
        String input = encode(header) + '.' + encode(payload);
        return input + '.' + encode(Ed25519.sign(key, ascii(input)));
    }

    /** Whose key is said to have signed it; nothing is proven by that. */
    public static String keyId(String text) throws CommandRefusedException {
        return keyId(decode(parts(text)[0]));
    }

    /** What was signed, if it was signed with one of these keys. */
    public static Signed verify(KeyRing ring, String text) throws CommandRefusedException {
        String[] parts = parts(text);
        String keyId = keyId(decode(parts[0]));
        PublicKey key = ring.find(keyId)
                .orElseThrow(() -> new CommandRefusedException(
                        ErrorCode.BAD_SIGNATURE, "the key '" + keyId + "' is not known here"));
        if (!verifies(key, text)) {
            throw new CommandRefusedException(
                    ErrorCode.BAD_SIGNATURE, "the signature is not of the key '" + keyId + "'");
        }
        return new Signed(keyId, decode(parts[1]));
    }

    static boolean verifies(PublicKey key, String text) throws CommandRefusedException {
        String[] parts = parts(text);
        return Ed25519.verify(key, ascii(parts[0] + '.' + parts[1]), decode(parts[2]));
    }

    private static String keyId(byte[] headerBytes) throws CommandRefusedException {
        Map<String, @Nullable Object> header;
        try {
            header = JsonText.readObject(headerBytes, MAX_HEADER_CHARS);
        } catch (MalformedPayloadException e) {
            throw malformed("its header is " + e.getMessage());
        }
        if (!MEMBERS.containsAll(header.keySet())) {
            throw malformed("its header may hold alg, kid and typ alone");
        }
        if (!ALGORITHM.equals(header.get("alg"))) {
            throw new CommandRefusedException(ErrorCode.BAD_SIGNATURE, "the algorithm must be " + ALGORITHM);
        }
        if (header.get("kid") instanceof String keyId && KeyRing.isId(keyId)) {
            return keyId;
        }
        throw malformed("its header must name the key (kid)");
    }

    private static String[] parts(String text) throws CommandRefusedException {
        if (text.length() > MAX_CHARS) {
            throw new CommandRefusedException(
                    ErrorCode.TOO_LARGE, text.length() + " characters; at most " + MAX_CHARS + " are allowed");
        }
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3 || parts[0].length() > MAX_HEADER_CHARS) {
            throw malformed("it must be three parts with dots between them");
        }
        return parts;
    }

    private static byte[] decode(String part) throws CommandRefusedException {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            throw malformed("a part of it is no base64url");
        }
        // padding and loose bits at the end would make several texts of one content
        if (!encode(bytes).equals(part)) {
            throw malformed("a part of it is no base64url without padding");
        }
        return bytes;
    }

    private static CommandRefusedException malformed(String text) {
        return new CommandRefusedException(ErrorCode.MALFORMED, "this is no JWS: " + text);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
