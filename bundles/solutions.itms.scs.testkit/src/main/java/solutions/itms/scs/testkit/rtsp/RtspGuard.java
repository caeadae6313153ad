package solutions.itms.scs.testkit.rtsp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks who a client is. */
final class RtspGuard {
    /** How. */
    enum Scheme {
        NONE,
        BASIC,
        MD5,
        SHA_256
    }

    private final Scheme scheme;
    private final String user;
    private final String password;

    RtspGuard(Scheme scheme, String user, String password) {
        this.scheme = scheme;
        this.user = user;
        this.password = password;
    }

    boolean admits(RtspRequest request) {
        String authorization = request.header("Authorization");
        return switch (scheme) {
            case NONE -> true;
            case BASIC ->
                authorization.equals("Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
            case MD5, SHA_256 -> digest(request.method(), authorization);
        };
    }

    /** What a refusal says. */
    String challenge() {
        return switch (scheme) {
            case NONE -> "";
            case BASIC -> "WWW-Authenticate: Basic realm=\"recorder\"\r\n";
            case MD5 ->
                "WWW-Authenticate: Basic realm=\"recorder\"\r\n"
                        + "WWW-Authenticate: Digest realm=\"recorder\", nonce=\"4711\"\r\n";
            case SHA_256 ->
                "WWW-Authenticate: Digest realm=\"recorder\", nonce=\"4711\", algorithm=\"SHA-256\", qop=\"auth\"\r\n";
        };
    }

    private boolean digest(String method, String authorization) {
        String a1 = hash(user + ":recorder:" + password);
        String a2 = hash(method + ":" + part(authorization, "uri"));
        String expected = scheme == Scheme.MD5
                ? hash(a1 + ":4711:" + a2)
                : hash(a1 + ":4711:" + part(authorization, "nc") + ":" + part(authorization, "cnonce") + ":auth:" + a2);
        // one maker's devices refuse an algorithm that they have not asked for
        boolean unasked = scheme == Scheme.MD5 && authorization.contains("algorithm");
        return !unasked && authorization.startsWith("Digest ") && expected.equals(part(authorization, "response"));
    }

    private static String part(String header, String name) {
        Matcher matcher = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)").matcher(header);
        return matcher.find() ? matcher.group(1) : "";
    }

    private String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(scheme == Scheme.MD5 ? "MD5" : "SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
