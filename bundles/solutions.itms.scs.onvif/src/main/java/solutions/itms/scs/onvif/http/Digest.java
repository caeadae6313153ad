package solutions.itms.scs.onvif.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTTP Digest (RFC 7616 and 2069): MD5 and SHA-256, with and without {@code -sess} and {@code qop}. What a challenge does
 * not have is not sent back: some devices refuse it. Thread-safe.
 */
public final class Digest {
    private static final Pattern SCHEME = Pattern.compile("(?:^|,)\\s*([A-Za-z]+)\\s+(?=[A-Za-z-]+\\s*=)");
    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]*))");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, String> challenge;
    private final String user;
    private final String password;
    private String nonce;
    private int count;

    private Digest(Map<String, String> challenge, String user, String password) {
        this.challenge = challenge;
        this.user = user;
        this.password = password;
        this.nonce = challenge.getOrDefault("nonce", "");
    }

    /** For the strongest challenge of a 401 that can be met; empty when there is none. */
    public static Optional<Digest> of(HttpResponse refusal, String user, String password) {
        return challenges(refusal.all("WWW-Authenticate")).stream()
                .filter(challenge -> strength(challenge) > 0)
                .max(Comparator.comparingInt(Digest::strength))
                .map(challenge -> new Digest(challenge, user, password));
    }

    /** Whether a refusal says that just the nonce was too old. */
    public static boolean isStale(HttpResponse refusal) {
        return challenges(refusal.all("WWW-Authenticate")).stream()
                .anyMatch(challenge -> "true".equalsIgnoreCase(challenge.get("stale")));
    }

    /** Which algorithm it is. */
    public String algorithm() {
        return challenge.getOrDefault("algorithm", "MD5");
    }

    /** Takes the nonce that an answer gives for the next request. */
    public synchronized void take(HttpResponse answer) {
        answer.header("Authentication-Info").ifPresent(info -> {
            String next = parameters(info).get("nextnonce");
            if (next != null && !next.isEmpty()) {
                nonce = next;
                count = 0;
            }
        });
    }

    /** The header for one request. */
    public String authorization(String method, String target) {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        return authorization(method, target, HexFormat.of().formatHex(random));
    }

    synchronized String authorization(String method, String target, String cnonce) {
        String realm = challenge.getOrDefault("realm", "");
        boolean session = algorithm().toLowerCase(Locale.ROOT).endsWith("-sess");
        String a1 = hash(user + ":" + realm + ":" + password);
        if (session) {
            a1 = hash(a1 + ":" + nonce + ":" + cnonce);
        }
        String a2 = hash(method + ":" + target);
        boolean qop = offersAuth(challenge);
        String nc = String.format(Locale.ROOT, "%08x", ++count);
        String response = qop
                ? hash(a1 + ":" + nonce + ":" + nc + ":" + cnonce + ":auth:" + a2)
                : hash(a1 + ":" + nonce + ":" + a2);
        StringBuilder out = new StringBuilder("Digest username=\"").append(quoted(user));
        out.append("\", realm=\"").append(quoted(realm)).append("\", nonce=\"").append(quoted(nonce));
        out.append("\", uri=\"")
                .append(target)
                .append("\", response=\"")
                .append(response)
                .append('"');
        if (challenge.containsKey("algorithm")) {
            out.append(", algorithm=").append(algorithm());
        }
        if (challenge.containsKey("opaque")) {
            out.append(", opaque=\"").append(quoted(challenge.get("opaque"))).append('"');
        }
        if (qop) {
            out.append(", qop=auth, nc=").append(nc);
        }
        if (qop || session) {
            out.append(", cnonce=\"").append(cnonce).append('"');
        }
        return out.toString();
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private String hash(String text) {
        String name = algorithm().toUpperCase(Locale.ROOT).startsWith("SHA-256") ? "SHA-256" : "MD5";
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean offersAuth(Map<String, String> challenge) {
        return Arrays.asList(challenge
                        .getOrDefault("qop", "")
                        .toLowerCase(Locale.ROOT)
                        .split("[,\\s]+"))
                .contains("auth");
    }

    /** 0 = can't be met. */
    private static int strength(Map<String, String> challenge) {
        if (!"digest".equals(challenge.get(" scheme")) || (challenge.containsKey("qop") && !offersAuth(challenge))) {
            return 0;
        }
        return switch (challenge.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT)) {
            case "SHA-256" -> 4;
            case "SHA-256-SESS" -> 3;
            case "MD5" -> 2;
            case "MD5-SESS" -> 1;
            default -> 0;
        };
    }

    /** Each with its scheme under " scheme"; several may be in one header. */
    private static List<Map<String, String>> challenges(List<String> headers) {
        List<Map<String, String>> all = new ArrayList<>();
        for (String header : headers) {
            Matcher scheme = SCHEME.matcher(header);
            int from = -1;
            String name = "";
            while (scheme.find()) {
                if (from >= 0) {
                    all.add(challenge(name, header.substring(from, scheme.start())));
                }
                name = scheme.group(1);
                from = scheme.end();
            }
            if (from >= 0) {
                all.add(challenge(name, header.substring(from)));
            }
        }
        return all;
    }

    private static Map<String, String> challenge(String scheme, String text) {
        Map<String, String> parameters = parameters(text);
        parameters.put(" scheme", scheme.toLowerCase(Locale.ROOT));
        return parameters;
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Matcher matcher = PARAMETER.matcher(text);
        while (matcher.find()) {
            String value = matcher.group(2) == null
                    ? matcher.group(3)
                    : matcher.group(2).replaceAll("\\\\(.)", "$1");
            parameters.putIfAbsent(matcher.group(1), value);
        }
        return parameters;
    }
}
