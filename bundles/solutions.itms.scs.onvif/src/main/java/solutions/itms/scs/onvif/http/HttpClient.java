package solutions.itms.scs.onvif.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * HTTP to one device: keeps a connection for some seconds, ends every request by its deadline, sends an idempotent one a
 * second time when the connection was closed before any answer. Thread-safe; no call blocks.
 */
public final class HttpClient implements AutoCloseable {
    /** Devices close idle connections after five seconds or so; what we close first never breaks a request. */
    private static final Duration KEEP = Duration.ofSeconds(4);

    private final NetworkLoop loop;
    private final Trust trust;
    // on the loop's thread alone:
    private final Map<Endpoint, Idle> idle = new HashMap<>();
    private final Set<Connection> open = new HashSet<>();
    private final Map<String, InetAddress> resolved = new HashMap<>();
    private @Nullable SSLContext context;
    private volatile boolean closed;

    private record Idle(Connection connection, NetworkLoop.Timer end) {}

    /** @param trust which certificate the device may show, when it speaks TLS */
    public HttpClient(NetworkLoop loop, Trust trust) {
        this.loop = loop;
        this.trust = trust;
    }

    /**
     * Sends a request.
     *
     * @param limit after which it fails, whatever it is waiting for
     * @param maxBody bytes of the answer's body
     * @return the answer, or an {@link HttpFailure}; completed on one of the loop's workers
     */
    public CompletableFuture<HttpResponse> send(Endpoint to, HttpRequest request, Duration limit, int maxBody) {
        Exchange exchange = new Exchange(to, request, maxBody);
        NetworkLoop.Timer timer = loop.schedule(limit, exchange::expire);
        exchange.result.whenComplete((response, failure) -> timer.cancel());
        if (closed || loop.isClosed()) {
            exchange.failed(new HttpFailure(HttpFailure.Kind.CLOSED, "the device is not used any more"));
        } else {
            loop.run(() -> exchange.begin(true));
        }
        return exchange.result;
    }

    /** Ends every connection; requests under way fail. */
    @Override
    public void close() {
        closed = true;
        loop.run(() -> {
            for (Connection connection : Set.copyOf(open)) {
                connection.abandon();
            }
            idle.values().forEach(kept -> kept.end.cancel());
            idle.clear();
        });
    }

    private final class Exchange implements Connection.Listener {
        private final Endpoint to;
        private final HttpRequest request;
        private final int maxBody;
        private final CompletableFuture<HttpResponse> result = new CompletableFuture<>();
        private @Nullable Connection connection;
        private boolean repeated;
        private boolean expired;

        Exchange(Endpoint to, HttpRequest request, int maxBody) {
            this.to = to;
            this.request = request;
            this.maxBody = maxBody;
        }

        void begin(boolean mayReuse) {
            Idle ready = idle.remove(to);
            if (ready != null) {
                ready.end.cancel();
                // what may not be sent twice gets a connection that can't have been closed meanwhile
                if (mayReuse && request.idempotent() && !ready.connection.isClosed()) {
                    use(ready.connection);
                    return;
                }
                ready.connection.abandon();
            }
            InetAddress address = resolved.get(to.host());
            if (address != null) {
                connect(address);
            } else {
                loop.resolve(this::resolve);
            }
        }

        /** On a resolver: this alone may take long. */
        private void resolve() {
            try {
                InetAddress address = InetAddress.getByName(to.host());
                loop.run(() -> {
                    resolved.put(to.host(), address);
                    connect(address);
                });
            } catch (UnknownHostException e) {
                failed(new HttpFailure(HttpFailure.Kind.UNREACHABLE, "the name " + to.host() + " is not known"));
            }
        }

        private void connect(InetAddress address) {
            if (expired || closed) {
                failed(new HttpFailure(HttpFailure.Kind.CLOSED, "the device is not used any more"));
                return;
            }
            try {
                Connection[] self = new Connection[1];
                Connection made = new Connection(
                        loop, new InetSocketAddress(address, to.port()), to.tls() ? engine() : null, () -> {
                            open.remove(self[0]);
                        });
                self[0] = made;
                open.add(made);
                use(made);
            } catch (IOException | GeneralSecurityException e) {
                resolved.remove(to.host());
                failed(new HttpFailure(HttpFailure.Kind.UNREACHABLE, "can't connect: " + e.getMessage()));
            }
        }

        private void use(Connection with) {
            connection = with;
            with.send(request.bytes(to), maxBody, this);
        }

        private void expire() {
            expired = true;
            HttpFailure failure = new HttpFailure(HttpFailure.Kind.TIMEOUT, "no answer in time");
            if (connection != null) {
                connection.close(failure);
            }
            failed(failure);
        }

        @Override
        public void answered(HttpResponse response, boolean reusable) {
            Connection used = connection;
            connection = null;
            if (reusable && used != null && !closed) {
                keep(to, used);
            }
            loop.execute(() -> result.complete(response));
        }

        @Override
        public void failed(HttpFailure failure) {
            connection = null;
            if (failure.kind() == HttpFailure.Kind.UNREACHABLE) {
                loop.run(() -> resolved.remove(to.host()));
            }
            boolean again = failure.kind() == HttpFailure.Kind.NO_ANSWER && request.idempotent() && !repeated;
            if (again && !expired && !closed) {
                repeated = true;
                begin(false);
            } else {
                loop.execute(() -> result.completeExceptionally(failure));
                if (loop.isClosed()) {
                    result.completeExceptionally(failure);
                }
            }
        }
    }

    private void keep(Endpoint to, Connection connection) {
        Idle former = idle.put(to, new Idle(connection, loop.schedule(KEEP, () -> drop(to, connection))));
        if (former != null) {
            former.end.cancel();
            former.connection.abandon();
        }
    }

    private void drop(Endpoint to, Connection connection) {
        Idle kept = idle.get(to);
        if (kept != null && kept.connection == connection) {
            idle.remove(to);
        }
        connection.abandon();
    }

    private SSLEngine engine() throws GeneralSecurityException {
        if (context == null) {
            context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
        }
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        return engine;
    }
}
