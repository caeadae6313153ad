package solutions.itms.scs.message.command;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a device's HTTP request. Everything that decides what a request does is in it.
 *
 * @param method such as {@code POST}
 * @param path as it stands in the request line, without the query
 * @param query as it stands in the request line, without the question mark; empty when there is none
 * @param host the Host header
 * @param timestamp ms since 1970 UTC, as it stands in {@link #TIMESTAMP}
 * @param nonce 16 to 64 characters that this key has not used before
 * @param bodySha256 of the body, hex in lower case; of no bytes when there is no body
 * @param keyId which key signs
 */
public record RequestSignature(
        String method,
        String path,
        String query,
        String host,
        String timestamp,
        String nonce,
        String bodySha256,
        String keyId) {

    public static final String API_KEY = "X-API-Key";
    public static final String TIMESTAMP = "X-Timestamp";
    public static final String NONCE = "X-Nonce";
    public static final String BODY_SHA256 = "X-Body-SHA256";
    public static final String SIGNATURE = "X-Signature";

    /** How far the timestamp may be from the server's clock, in ms. */
    public static final long MAX_SKEW_MS = 300_000;

    private static final String VERSION = "SCS1";

    /** SHA-256 of a body, as it is signed. */
    public static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is signed: a line each; the parts of the query sorted, the method in upper and the host in lower case. */
    public String stringToSign() {
        String[] parts = query.isEmpty() ? new String[0] : query.split("&", -1);
        Arrays.sort(parts);
        return String.join(
                "\n",
                VERSION,
                method.toUpperCase(Locale.ROOT),
                path,
                String.join("&", parts),
                host.toLowerCase(Locale.ROOT),
                timestamp,
                nonce,
                bodySha256,
                keyId);
    }

    /** The signature with an Ed25519 key: base64url without padding. */
    public String sign(PrivateKey key) {
        return encode(Ed25519.sign(key, bytes()));
    }

    /** The signature with a shared secret, HMAC-SHA256: base64url without padding. */
    public String sign(byte[] secret) {
        return encode(mac(secret));
    }

    /** Whether the signature is of this key. */
    public boolean verify(PublicKey key, String signature) {
        byte[] signed = decode(signature);
        return signed.length > 0 && Ed25519.verify(key, bytes(), signed);
    }

    /** Whether the signature is of this shared secret; takes as long for each wrong one. */
    public boolean verify(byte[] secret, String signature) {
        return MessageDigest.isEqual(mac(secret), decode(signature));
    }

    private byte[] mac(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(bytes());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] bytes() {
        for (String part : new String[] {method, path, query, host, timestamp, nonce, bodySha256, keyId}) {
            // a line break in a part could move its end into the next
            if (part.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("no part of a signed request may hold a line break");
            }
        }
        return stringToSign().getBytes(StandardCharsets.UTF_8);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decode(String signature) {
        try {
            return signature.length() > 128
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
