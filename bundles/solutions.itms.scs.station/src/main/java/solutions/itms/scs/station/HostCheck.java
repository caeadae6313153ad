package solutions.itms.scs.station;

import java.net.InetSocketAddress;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Recognises requests that were made to this station by name; a page that has its own name point here is not. */
final class HostCheck {
    private final String stationHost;
    private final @Nullable String stationIp;

    HostCheck(String stationHost) {
        this.stationHost = stationHost;
        this.stationIp = IpLiteral.canonical(stationHost);
    }

    /** Whether the Host header names this station; an HTTP/1.0 client need not send any. */
    boolean isOurs(Request request) {
        String header = request.getHeaders().get(HttpHeader.HOST);
        if (header == null) {
            return true;
        }
        String host = withoutPort(header).toLowerCase(Locale.ROOT);
        if (host.equals("localhost") || host.equals(stationHost)) {
            return true;
        }
        String address = IpLiteral.canonical(host);
        return address != null
                && (address.equals(stationIp)
                        || address.equals("::1")
                        || address.startsWith("127.")
                        || address.equals(localAddress(request)));
    }

    private static String withoutPort(String header) {
        if (header.startsWith("[")) {
            int end = header.indexOf(']');
            return end < 0 ? header : header.substring(1, end);
        }
        int colon = header.indexOf(':');
        return colon < 0 ? header : header.substring(0, colon);
    }

    /** The address at which the connection came in: of several ones of this host, the one that the client uses. */
    private static @Nullable String localAddress(Request request) {
        return request.getConnectionMetaData().getLocalSocketAddress() instanceof InetSocketAddress local
                ? IpLiteral.canonical(local.getAddress().getHostAddress())
                : null;
    }
}
