package solutions.itms.scs.onvif;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import solutions.itms.scs.onvif.http.Endpoint;

/**
 * Addresses that a device tells, made reachable: behind NAT or in a container it tells its own idea of its host. Path and
 * query are kept; the host is the one by which we reach it. Stateless.
 */
public final class Addresses {
    private static final Pattern URI = Pattern.compile("(?i)^\\s*([a-z][a-z0-9+.-]*)://([^/?#]*)([^#]*).*$");
    private static final Pattern PORT = Pattern.compile(":(\\d{1,5})(?::\\d{1,5})*$");
    private static final Pattern SECRET = Pattern.compile(
            "(?i)((?:^|[?&;/_])(?:password|passwd|passphrase|pass|pwd|psw|secret|token|auth)=)[^&;/_]*");
    private static final int MAX = 2_048;

    private Addresses() {}

    /** One way to reach something. */
    public record Target(Endpoint endpoint, String path) {}

    /** A service: always at the endpoint that works. */
    static Target service(Endpoint base, String address, String standardPath) {
        String path = path(address);
        return new Target(base, path.equals("/") ? standardPath : path);
    }

    /** Something that may be on another port, such as a subscription or a picture: the device's port first, then ours. */
    public static List<Target> candidates(Endpoint base, String address) {
        List<Target> all = new ArrayList<>();
        String path = path(address);
        Matcher uri = URI.matcher(address);
        if (uri.matches()) {
            boolean tls = uri.group(1).equalsIgnoreCase("https");
            int port = port(uri.group(2), tls ? 443 : 80);
            Endpoint told = new Endpoint(tls, base.host(), port);
            all.add(new Target(tls == base.tls() || port != base.port() ? told : base, path));
        }
        Target usual = new Target(base, path);
        if (!all.contains(usual)) {
            all.add(usual);
        }
        return all;
    }

    /**
     * A stream: with our host and its own port, without user and password.
     *
     * @throws IllegalArgumentException when it is no address
     */
    public static String stream(Endpoint base, String address) {
        Matcher uri = URI.matcher(address);
        if (!uri.matches() || address.length() > MAX) {
            throw new IllegalArgumentException("no address of a stream");
        }
        String scheme = uri.group(1).toLowerCase(Locale.ROOT);
        int standard = scheme.equals("rtsps") ? 322 : scheme.startsWith("http") ? 80 : 554;
        int port = port(uri.group(2), standard);
        String host = base.host().indexOf(':') >= 0 ? "[" + base.host() + "]" : base.host();
        return scheme + "://" + host + (port == standard ? "" : ":" + port) + uri.group(3);
    }

    /** Without what looks like a password, for people, logs and results. */
    public static String redacted(String address) {
        String withoutUser = address.replaceFirst("(?i)^(\\s*[a-z][a-z0-9+.-]*://)[^/?#]*@", "$1");
        return SECRET.matcher(withoutUser).replaceAll("$1…");
    }

    private static String path(String address) {
        Matcher uri = URI.matcher(address);
        String path = uri.matches() ? uri.group(3) : address.startsWith("/") ? address : "/";
        StringBuilder out = new StringBuilder(path.startsWith("/") ? "" : "/");
        path.strip().chars().limit(MAX).forEach(c -> {
            if (c > ' ' && c < 127) {
                out.append((char) c);
            } else {
                out.append('%').append(String.format(Locale.ROOT, "%02X", c & 0xFF));
            }
        });
        return out.toString();
    }

    /** The first port that is told: some devices write it twice. */
    private static int port(String authority, int standard) {
        Matcher port = PORT.matcher(authority.substring(authority.lastIndexOf('@') + 1));
        if (!port.find()) {
            return standard;
        }
        int number = Integer.parseInt(port.group(1));
        return number < 1 || number > 65_535 ? standard : number;
    }
}
