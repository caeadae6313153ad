package solutions.itms.scs.cloud.mqtt;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the broker is.
 *
 * @param tls whether the connection is encrypted
 * @param host name or address, an IPv6 address in brackets
 * @param port 1 to 65535
 */
record Broker(boolean tls, String host, int port) {
    private static final int PLAIN_PORT = 1883;
    private static final int TLS_PORT = 8883;
    private static final Pattern URL =
            Pattern.compile("(tcp|ssl)://(\\[[0-9a-fA-F:.]+]|[^\\s/:@?#\\[\\]]{1,255})(?::(\\d{1,5}))?/?");

    /** Reads {@code tcp://host[:1883]} or {@code ssl://host[:8883]}; empty when it is neither. */
    static Optional<Broker> parse(String url) {
        Matcher match = URL.matcher(url.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        boolean tls = match.group(1).equals("ssl");
        String portText = match.group(3);
        int port = portText != null ? Integer.parseInt(portText) : tls ? TLS_PORT : PLAIN_PORT;
        return port < 1 || port > 65535 ? Optional.empty() : Optional.of(new Broker(tls, match.group(2), port));
    }

    String url() {
        return (tls ? "ssl" : "tcp") + "://" + host + ":" + port;
    }
}
