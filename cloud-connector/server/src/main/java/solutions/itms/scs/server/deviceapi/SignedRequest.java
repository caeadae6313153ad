package solutions.itms.scs.server.deviceapi;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.RequestSignature;

/**
 * A request as it was signed.
 *
 * @param secret the part of the key behind its id; null when it was not sent
 */
record SignedRequest(
        RequestSignature signed,
        long timestamp,
        String signature,
        @Nullable String secret) {
    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{16,64}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");
    private static final Pattern TIME = Pattern.compile("[0-9]{1,15}");
    private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    /** Null when a header is missing or not of its form. */
    static @Nullable SignedRequest of(HttpServletRequest request) {
        Function<String, String> header = name -> {
            String value = request.getHeader(name);
            return value == null ? "" : value;
        };
        String key = header.apply(RequestSignature.API_KEY);
        String time = header.apply(RequestSignature.TIMESTAMP);
        String nonce = header.apply(RequestSignature.NONCE);
        String hash = header.apply(RequestSignature.BODY_SHA256);
        String signature = header.apply(RequestSignature.SIGNATURE);
        if (!KEY.matcher(key).matches()
                || !TIME.matcher(time).matches()
                || !NONCE.matcher(nonce).matches()
                || !HASH.matcher(hash).matches()
                || !SIGNATURE.matcher(signature).matches()) {
            return null;
        }
        int colon = key.indexOf(':');
        String id = colon < 0 ? key : key.substring(0, colon);
        String query = request.getQueryString();
        RequestSignature signed = new RequestSignature(
                request.getMethod(),
                request.getRequestURI(),
                query == null ? "" : query,
                header.apply("Host"),
                time,
                nonce,
                hash,
                id);
        return new SignedRequest(signed, Long.parseLong(time), signature, colon < 0 ? null : key.substring(colon + 1));
    }
}
