package solutions.itms.scs.cloud.mqtt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the broker is.
 *
 * @param tls whether the connection is encrypted
 * @param webSocket whether MQTT goes through a WebSocket
 * @param host name or address, an IPv6 address in brackets
 * @param port 1 to 65535
 * @param path of the WebSocket, with its slash; else empty
 */
record Broker(boolean tls, boolean webSocket, String host, int port, String path) {
    static final int MAX_BROKERS = 10;

    private static final Pattern URL = Pattern.compile("(tcp|mqtt|ssl|mqtts|ws|wss)://"
            + "(\\[[0-9a-fA-F:.]+]|[^\\s/:@?#\\[\\],]{1,255})(?::(\\d{1,5}))?(/[^\\s?#,]{0,255})?");

    /**
     * Reads {@code tcp://host[:1883]}, {@code ssl://host[:8883]}, {@code ws://host[:80][/path]} or
     * {@code wss://host[:443][/path]}; {@code mqtt} and {@code mqtts} are as good as {@code tcp} and {@code ssl}. Empty
     * when it is none of them.
     */
    static Optional<Broker> parse(String url) {
        Matcher match = URL.matcher(url.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        String scheme = match.group(1).toLowerCase(Locale.ROOT);
        boolean webSocket = scheme.startsWith("ws");
        boolean tls = Set.of("ssl", "mqtts", "wss").contains(scheme);
        String portText = match.group(3);
        int port = portText != null ? Integer.parseInt(portText) : standardPort(tls, webSocket);
        String path = match.group(4) == null || match.group(4).equals("/") ? "" : match.group(4);
        if (port < 1 || port > 65535 || (!webSocket && !path.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new Broker(tls, webSocket, match.group(2), port, path));
    }

    /** Reads several, with commas or blanks between them; empty when one of them is none, or there are too many. */
    static List<Broker> parseAll(String urls) {
        List<Broker> brokers = new ArrayList<>();
        for (String url : urls.strip().split("[\\s,]+")) {
            Optional<Broker> broker = parse(url);
            if (broker.isEmpty() || brokers.size() == MAX_BROKERS) {
                return List.of();
            }
            brokers.add(broker.get());
        }
        return brokers;
    }

    private static int standardPort(boolean tls, boolean webSocket) {
        if (webSocket) {
            return tls ? 443 : 80;
        }
        return tls ? 8883 : 1883;
    }

    String url() {
        String scheme = webSocket ? (tls ? "wss" : "ws") : tls ? "ssl" : "tcp";
        return scheme + "://" + host + ":" + port + path;
    }
}
