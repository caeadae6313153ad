package solutions.itms.scs.onvif.http;

import java.util.Locale;

/**
 * Where a server listens.
 *
 * @param tls whether it speaks TLS
 * @param host name or literal address; IPv6 without brackets
 * @param port 1 to 65535
 */
public record Endpoint(boolean tls, String host, int port) {
    public Endpoint {
        if (port < 1 || port > 65_535 || host.isBlank()) {
            throw new IllegalArgumentException("no host and port: " + host + " " + port);
        }
    }

    /** As it stands in URLs, with its port. */
    public String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** The same host on another port. */
    public Endpoint withPort(int other) {
        return new Endpoint(tls, host, other);
    }

    /**
     * Reads {@code host}, {@code host:port}, {@code http://host:port} or {@code https://…}; whatever follows is ignored.
     *
     * @throws IllegalArgumentException when it is none of them
     */
    public static Endpoint parse(String text) {
        String rest = text.strip();
        boolean tls = rest.toLowerCase(Locale.ROOT).startsWith("https://");
        rest = rest.replaceFirst("(?i)^https?://", "").replaceFirst("[/?#].*$", "");
        if (rest.contains("@") || rest.contains("://")) {
            throw new IllegalArgumentException("must be host, host:port or http(s)://host:port, without a user");
        }
        int standard = tls ? 443 : 80;
        if (rest.startsWith("[")) {
            int end = rest.indexOf(']');
            return end < 0
                    ? new Endpoint(tls, "", 0)
                    : new Endpoint(tls, rest.substring(1, end), port(rest.substring(end + 1), standard));
        }
        int colon = rest.indexOf(':');
        if (colon < 0 || rest.indexOf(':', colon + 1) >= 0) {
            return new Endpoint(tls, rest, standard);
        }
        return new Endpoint(tls, rest.substring(0, colon), port(rest.substring(colon), standard));
    }

    private static int port(String text, int standard) {
        if (text.isEmpty()) {
            return standard;
        }
        if (!text.matches(":\\d{1,5}")) {
            throw new IllegalArgumentException("must be host, host:port or http(s)://host:port");
        }
        return Integer.parseInt(text.substring(1));
    }
}
