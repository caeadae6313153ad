package solutions.itms.scs.testkit.camera;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** How a simulated camera wants to be told who asks. On the site's thread, but for the settings. */
public final class CameraAuth {
    /** What is accepted. */
    public enum Mode {
        /** Anybody. */
        NONE,
        /** HTTP Digest alone. */
        DIGEST,
        /** A WS-UsernameToken alone. */
        TOKEN,
        /** Either. */
        EITHER,
        /** Both in one request. */
        BOTH
    }

    private static final String WSSE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static final String WSU =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static final Pattern PARAMETER = Pattern.compile("([a-z-]+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,\\s]+))");

    /** Settings that a test may change. */
    public volatile Mode mode = Mode.EITHER;
    /** Such as MD5 or SHA-256. */
    public volatile String algorithm = "MD5";
    /** Empty for a challenge without qop. */
    public volatile String qop = "auth";
    /** Requests that a nonce is good for. */
    public volatile int nonceUses = Integer.MAX_VALUE;
    /** Whether an outdated nonce is called stale. */
    public volatile boolean tellsStale = true;
    /** Whether each answer gives the next nonce, and the old one ends. */
    public volatile boolean nextNonce;
    /** Tokens may be so much off the camera's clock. */
    public volatile Duration window = Duration.ofSeconds(5);
    /** Lines in front of the challenge. */
    public volatile String otherChallenges = "";
    /** User and password. */
    public volatile String user = "admin";
    /** In plain text. */
    public volatile String password = "secret";
    /** Refusals of a user so far. */
    public volatile int refusals;

    private String nonce = newNonce();
    private int used;
    private final Set<String> nonces = new HashSet<>();

    private static String newNonce() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** The headers of a refusal. */
    String challenge(boolean stale) {
        if (mode == Mode.TOKEN) {
            return "";
        }
        return otherChallenges + "WWW-Authenticate: Digest realm=\"cam, era\", nonce=\"" + nonce + "\""
                + (qop.isEmpty() ? "" : ", qop=\"" + qop + "\"")
                + (algorithm.isEmpty() ? "" : ", algorithm=" + algorithm)
                + (stale ? ", stale=true" : "") + "\r\n";
    }

    /** What goes with an answer to who was let in. */
    String accepted() {
        if (!nextNonce) {
            return "";
        }
        nonce = newNonce();
        used = 0;
        return "Authentication-Info: nextnonce=\"" + nonce + "\"\r\n";
    }

    /** Null when it may go on; else whether the nonce alone was old. */
    @Nullable
    Boolean refuses(HttpPeer.Ask ask, Document document, Instant now) {
        String header = ask.headers().getOrDefault("Authorization", "");
        boolean stale = header.startsWith("Digest") && used >= nonceUses;
        boolean digest = header.startsWith("Digest") && !stale && digest(ask, header);
        boolean token = token(document, now);
        boolean in = switch (mode) {
            case NONE -> true;
            case DIGEST -> digest;
            case TOKEN -> token;
            case EITHER -> digest || token;
            case BOTH -> digest && token;
        };
        if (in) {
            return null;
        }
        if (stale) {
            nonce = newNonce();
            used = 0;
            return tellsStale;
        }
        boolean tried = !header.isEmpty()
                || document.getElementsByTagNameNS(WSSE, "UsernameToken").getLength() > 0;
        refusals += tried ? 1 : 0;
        return false;
    }

    /** For a download: HTTP Digest, if anything. */
    boolean refusesDownload(HttpPeer.Ask ask) {
        String header = ask.headers().getOrDefault("Authorization", "");
        return mode != Mode.NONE && !(header.startsWith("Digest") && digest(ask, header));
    }

    private boolean digest(HttpPeer.Ask ask, String header) {
        Map<String, String> given = new LinkedHashMap<>();
        Matcher matcher = PARAMETER.matcher(header.substring(6));
        while (matcher.find()) {
            given.put(matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
        }
        boolean unasked = (qop.isEmpty() && given.containsKey("qop"))
                || (algorithm.isEmpty() && given.containsKey("algorithm"))
                || (algorithm.startsWith("SHA") && !given.containsKey("algorithm"));
        if (unasked || !nonce.equals(given.get("nonce")) || !ask.target().equals(given.get("uri"))) {
            return false;
        }
        String a1 = hash(user + ":cam, era:" + password);
        String a2 = hash(ask.method() + ":" + ask.target());
        String expected = qop.isEmpty()
                ? hash(a1 + ":" + nonce + ":" + a2)
                : hash(a1 + ":" + nonce + ":" + given.get("nc") + ":" + given.get("cnonce") + ":auth:" + a2);
        used++;
        return user.equals(given.get("username")) && expected.equals(given.get("response"));
    }

    private String hash(String text) {
        return HexFormat.of()
                .formatHex(
                        sha(algorithm.contains("SHA-256") ? "SHA-256" : "MD5", text.getBytes(StandardCharsets.UTF_8)));
    }

    private boolean token(Document document, Instant now) {
        if (document.getElementsByTagNameNS(WSSE, "UsernameToken").getLength() != 1) {
            return false;
        }
        Element token =
                (Element) document.getElementsByTagNameNS(WSSE, "UsernameToken").item(0);
        String name = text(token, WSSE, "Username");
        String given = text(token, WSSE, "Password");
        String nonce64 = text(token, WSSE, "Nonce");
        String created = text(token, WSU, "Created");
        if (created.isEmpty() || nonce64.isEmpty()) {
            return false;
        }
        byte[] random = Base64.getDecoder().decode(nonce64);
        boolean inTime = Duration.between(Instant.parse(created), now).abs().compareTo(window) <= 0;
        byte[] joined = join(random, (created + password).getBytes(StandardCharsets.UTF_8));
        boolean right = Base64.getEncoder().encodeToString(sha("SHA-1", joined)).equals(given);
        return random.length == 16 && nonces.add(nonce64) && inTime && right && name.equals(user);
    }

    private static String text(Element parent, String namespace, String name) {
        var list = parent.getElementsByTagNameNS(namespace, name);
        return list.getLength() == 0 ? "" : list.item(0).getTextContent();
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] all = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    private static byte[] sha(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
