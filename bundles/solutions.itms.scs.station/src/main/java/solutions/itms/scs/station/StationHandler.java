package solutions.itms.scs.station;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.store.StoreException;

/** Answers gates: section 6.1 of the station interface. Never blocks a thread of the server. */
final class StationHandler extends Handler.Abstract.NonBlocking {
    private static final Logger LOG = LoggerFactory.getLogger(StationHandler.class);
    private static final int MAX_SINGLE_BYTES = 16 * 1024;
    private static final int MAX_BULK_BYTES = 1024 * 1024;

    private final Gates gates;
    private final Clock clock;
    private final ZoneId zone;
    private final HeartbeatReader reader = new HeartbeatReader();

    StationHandler(Gates gates, Clock clock, ZoneId zone) {
        this.gates = gates;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, callback);
        String path = withoutTrailingSlash(Request.getPathInContext(request));
        switch (path) {
            case "/hb" -> {
                switch (request.getMethod()) {
                    case "POST" -> exchange.read(MAX_SINGLE_BYTES, this::heartbeat);
                    case "GET", "HEAD" -> exchange.answer(200, Answers.snapshot(gates.all()));
                    default -> exchange.notAllowed("GET, HEAD, POST");
                }
            }
            case "/hb/bulk" -> {
                if (request.getMethod().equals("POST")) {
                    exchange.read(MAX_BULK_BYTES, this::heartbeats);
                } else {
                    exchange.notAllowed("POST");
                }
            }
            case "/time", "/sync-time" -> {
                if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
                    exchange.answer(200, Answers.time(clock.instant(), zone));
                } else {
                    exchange.notAllowed("GET, HEAD");
                }
            }
            default -> exchange.answer(404, Answers.error("not found", List.of()));
        }
        return true;
    }

    private void heartbeat(Exchange exchange, byte[] body) {
        try {
            accept(exchange, List.of(reader.one(body)), Answers.OK);
        } catch (BadRequest e) {
            exchange.refuse(e);
        }
    }

    private void heartbeats(Exchange exchange, byte[] body) {
        try {
            List<Heartbeat> beats = reader.many(body);
            accept(exchange, beats, Answers.count(beats.size()));
        } catch (BadRequest e) {
            exchange.refuse(e);
        }
    }

    private void accept(Exchange exchange, List<Heartbeat> beats, byte[] answer) {
        gates.accept(beats, exchange.source()).whenComplete((done, failure) -> {
            if (failure == null) {
                exchange.answer(200, answer);
            } else {
                exchange.fail(failure instanceof CompletionException c ? c.getCause() : failure);
            }
        });
    }

    private static String withoutTrailingSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** One request and its answer. */
    private record Exchange(Request request, Response response, Callback callback) {
        void read(int limit, BiConsumer<Exchange, byte[]> whenRead) {
            new BodyReader(request, limit, body -> whenRead.accept(this, body), this::refuse, callback::failed).run();
        }

        void answer(int status, byte[] body) {
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            ByteBuffer content = request.getMethod().equals("HEAD") ? ByteBuffer.allocate(0) : ByteBuffer.wrap(body);
            response.write(true, content, callback);
        }

        void refuse(BadRequest refused) {
            answer(refused.status(), Answers.error(String.valueOf(refused.getMessage()), refused.errors()));
        }

        void notAllowed(String allowed) {
            response.getHeaders().put(HttpHeader.ALLOW, allowed);
            answer(405, Answers.error("method not allowed", List.of()));
        }

        void fail(@Nullable Throwable cause) {
            if (cause instanceof Gates.TooManyGates) {
                answer(503, Answers.error("too many devices", List.of()));
            } else if (cause instanceof StoreException || cause instanceof IllegalStateException) {
                response.getHeaders().put(HttpHeader.RETRY_AFTER, "5");
                answer(503, Answers.error("storage unavailable", List.of()));
            } else {
                LOG.error("A request could not be answered", cause);
                answer(500, Answers.error("internal error", List.of()));
            }
        }

        @Nullable
        String source() {
            return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress address
                    ? IpLiteral.canonical(withoutZone(address.getAddress().getHostAddress()))
                    : null;
        }

        private static String withoutZone(String address) {
            int zone = address.indexOf('%');
            return zone < 0 ? address : address.substring(0, zone);
        }
    }
}
