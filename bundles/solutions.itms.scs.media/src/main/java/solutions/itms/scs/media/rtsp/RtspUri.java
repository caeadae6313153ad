package solutions.itms.scs.media.rtsp;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address. Devices' addresses are not always such as the JDK takes: path and query are kept as they are.
 *
 * @param scheme {@code rtsp}, {@code rtsps}, {@code http} or {@code https}
 * @param host IPv6 without brackets
 * @param pathAndQuery begins with a slash
 */
public record RtspUri(String scheme, String host, int port, String pathAndQuery) {
    private static final Pattern FORM = Pattern.compile(
            "(?i)(rtsps?|https?|rtspu)://(?:[^/@]*@)?(\\[[^\\]]+\\]|[^:/?#]+)(?::(\\d{1,5}))?([/?].*)?");

    /**
     * Reads an address; a user in it is dropped.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static RtspUri parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("must be rtsp://, rtsps://, http:// or https:// with a host");
        }
        String scheme = form.group(1).toLowerCase(Locale.ROOT);
        int standard = switch (scheme) {
            case "rtsps" -> 322;
            case "http" -> 80;
            case "https" -> 443;
            default -> 554;
        };
        int port = form.group(3) == null ? standard : Integer.parseInt(form.group(3));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be 1 to 65535");
        }
        String rest = form.group(4) == null ? "/" : form.group(4);
        String host = form.group(2).replaceAll("[\\[\\]]", "");
        return new RtspUri(scheme, host, port, rest.startsWith("/") ? rest : "/" + rest);
    }

    boolean tls() {
        return scheme.equals("rtsps") || scheme.equals("https");
    }

    boolean tunnelled() {
        return scheme.startsWith("http");
    }

    String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** What requests say: RTSP's own scheme, in a tunnel, too. */
    String text() {
        return (tls() && !tunnelled() ? "rtsps://" : "rtsp://") + authority() + pathAndQuery;
    }

    /**
     * The address of a track or session, by what the description says of it. What is without a scheme, or leads to another
     * server, counts from our own address: devices behind NAT name hosts that nobody can reach.
     */
    String resolve(String base, String control) {
        if (control.isEmpty() || control.equals("*")) {
            return base;
        }
        if (control.matches("(?i)rtspu?s?://.*")) {
            RtspUri absolute = parse(control);
            return new RtspUri(scheme, host, port, absolute.pathAndQuery()).text();
        }
        if (control.startsWith("/")) {
            return new RtspUri(scheme, host, port, control).text();
        }
        return base.endsWith("/") ? base + control : base + "/" + control;
    }

    /** What Content-Base or Content-Location say, when it can be used; else this address. */
    String base(String said) {
        String base = said.strip();
        if (!base.matches("(?i)rtspu?s?://.*")) {
            return text();
        }
        try {
            RtspUri other = parse(base);
            return new RtspUri(scheme, host, port, other.pathAndQuery()).text();
        } catch (IllegalArgumentException e) {
            return text();
        }
    }
}
