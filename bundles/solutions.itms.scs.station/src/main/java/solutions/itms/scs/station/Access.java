package solutions.itms.scs.station;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** Decides who may do what: allow-list, shared secret, rate limits, and what control writes need. Thread-safe. */
final class Access {
    private static final String SECRET_HEADER = "X-SCS-Secret";
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private final AccessSettings settings;
    private final AddressList allowed;
    private final AddressList control;
    private final @Nullable String stationIp;
    private final HostCheck hosts;
    private final RateLimits limits;
    private final Alarms alarms;
    private final Journal journal;
    private final Ticker ticker;
    private final Predicate<InetAddress> loopback;

    Access(
            AccessSettings settings,
            List<PlannedDevice> devices,
            Alarms alarms,
            Journal journal,
            Surroundings surroundings) {
        this.settings = settings;
        this.allowed = settings.allowedWith(devices);
        AddressList own = settings.control();
        this.control = own == null ? allowed : own;
        this.stationIp = IpLiteral.canonical(settings.stationHost());
        this.hosts = new HostCheck(settings.stationHost());
        this.ticker = surroundings.ticker();
        this.limits = new RateLimits(settings.perSecond(), ticker);
        this.alarms = alarms;
        this.journal = journal;
        this.loopback = surroundings.loopback();
    }

    /** What is known of the other end of a connection. */
    Peer peer(@Nullable SocketAddress remote) {
        InetAddress address = remote instanceof InetSocketAddress inet ? inet.getAddress() : null;
        String text = address == null ? null : IpLiteral.canonical(withoutZone(address.getHostAddress()));
        if (address == null || text == null) {
            return new Peer(null, false, false, false, limits.of("unknown"));
        }
        boolean local = loopback.test(address);
        boolean here = local || text.equals(stationIp);
        return new Peer(
                text,
                local,
                here || settings.mode() == AccessSettings.Mode.OFF || allowed.contains(text),
                here || control.contains(text),
                limits.of(text));
    }

    /** Whether the source may be answered at all; if not, it has been refused. */
    boolean admits(Exchange exchange) {
        Peer peer = exchange.peer();
        if (!peer.isAllowed()) {
            boolean deny = settings.mode() == AccessSettings.Mode.DENY;
            alarms.note(
                    AlarmKind.UNKNOWN_SOURCE,
                    peer.name(),
                    peer.name() + " is not on the allow-list; its requests are " + (deny ? "refused" : "served"));
            if (deny) {
                denied(exchange, "not on the allow-list");
                exchange.refuse(403, "forbidden");
                return false;
            }
        }
        Secret secret = settings.secret();
        return secret == null || secret.matches(given(exchange)) || unauthorized(exchange);
    }

    /** Whether the source may send one more request of this class now; if not, it has been refused. */
    boolean withinRate(Exchange exchange, Traffic traffic) {
        long seconds = exchange.peer().take(traffic, ticker.nanos());
        if (seconds == 0) {
            return true;
        }
        alarms.note(
                AlarmKind.RATE_LIMITED,
                exchange.peer().name(),
                exchange.peer().name() + " sends more requests than it may (" + traffic + ")");
        denied(exchange, "more requests than it may send");
        exchange.header(HttpHeader.RETRY_AFTER, Long.toString(seconds));
        exchange.refuse(429, "rate limited");
        return false;
    }

    /**
     * Whether the source may send a control write, and has made it in a way that no foreign web page can: as JSON, to a
     * host that this station is. If not, it has been refused.
     */
    boolean admitsControl(Exchange exchange) throws BadRequest {
        if (!exchange.peer().mayControl()) {
            forbidden(exchange, "is not on the control list");
            return false;
        }
        String type = exchange.request().getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type == null || !mediaType(type).equalsIgnoreCase("application/json")) {
            throw BadRequest.of(new FieldError(null, "Content-Type", "must be application/json"));
        }
        if (!hosts.isOurs(exchange.request())) {
            forbidden(exchange, "addresses the station under a foreign host name");
            return false;
        }
        return true;
    }

    /** Whether control writes that this client makes in this way would be let in. */
    boolean mayControl(Exchange exchange) {
        return exchange.peer().mayControl() && hosts.isOurs(exchange.request());
    }

    /** Whether a request that a browser made was made by a page of ours. If not, it has been refused. */
    boolean admitsPage(Exchange exchange) {
        if (SameOrigin.made(exchange.request())) {
            return true;
        }
        forbidden(exchange, "has opened a foreign web page that tries to control gates");
        return false;
    }

    private void forbidden(Exchange exchange, String why) {
        String name = exchange.peer().name();
        alarms.note(AlarmKind.FORBIDDEN_CONTROL, name, name + " " + why + "; its control writes are refused");
        denied(exchange, why);
        exchange.refuse(403, "forbidden");
    }

    private boolean unauthorized(Exchange exchange) {
        // guessing is as slow as control writes are
        if (withinRate(exchange, Traffic.CONTROL)) {
            String name = exchange.peer().name();
            alarms.note(AlarmKind.UNAUTHORIZED, name, name + " sends requests without the shared secret");
            denied(exchange, "without the shared secret");
            exchange.header(HttpHeader.WWW_AUTHENTICATE, challenge(exchange));
            exchange.refuse(401, "unauthorized");
        }
        return false;
    }

    private void denied(Exchange exchange, String why) {
        journal.denied(exchange.request(), exchange.peer().name(), why);
    }

    /** A browser asks the person at the screen for a password, which is the secret; tools get what they always got. */
    private static String challenge(Exchange exchange) {
        String path = String.valueOf(exchange.request().getHttpURI().getPath());
        boolean screen = path.equals("/station") || path.startsWith("/station/");
        return (screen ? "Basic" : "Bearer") + " realm=\"station\"";
    }

    private static @Nullable String given(Exchange exchange) {
        String secret = exchange.request().getHeaders().get(SECRET_HEADER);
        if (secret != null) {
            return secret;
        }
        String header = exchange.request().getHeaders().get(HttpHeader.AUTHORIZATION);
        boolean bearer = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        if (bearer) {
            return header.substring(BEARER.length()).strip();
        }
        boolean basic = header != null && header.regionMatches(true, 0, BASIC, 0, BASIC.length());
        return basic ? password(header.substring(BASIC.length()).strip()) : null;
    }

    /** What is behind the user name, which does not matter. */
    private static @Nullable String password(String credentials) {
        try {
            String text = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0 ? null : text.substring(colon + 1);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip();
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
