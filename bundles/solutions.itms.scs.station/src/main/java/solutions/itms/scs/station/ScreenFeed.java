package solutions.itms.scs.station;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;

/**
 * Keeps screens up to date over server-sent events: everything at first, then what has changed, and at least once a
 * second the time, so that a screen knows at once when it is no longer told. No thread waits for a screen, and nothing is
 * kept for a slow one: when it has taken one message, the next holds all that has changed by then. Thread-safe.
 */
final class ScreenFeed implements AutoCloseable {
    static final int MAX_CLIENTS = 32;
    private static final Duration LOOK = Duration.ofMillis(150);
    private static final long ALIVE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final ScreenState state;
    private final Access access;
    private final Ticker ticker;
    private final Timers timers = new Timers("scs-station-screen");
    private boolean closed;

    ScreenFeed(ScreenState state, Access access, Ticker ticker) {
        this.state = state;
        this.access = access;
        this.ticker = ticker;
    }

    void start() {
        timers.every(LOOK, this::look);
    }

    /** How many screens are told. */
    int clients() {
        return clients.size();
    }

    /** Begins to tell one more screen. */
    void open(Exchange exchange) {
        if (exchange.request().getMethod().equals("HEAD")) {
            exchange.answer(200, "text/event-stream", new byte[0]);
            return;
        }
        Client client = new Client(exchange, access.mayControl(exchange));
        if (!add(client)) {
            exchange.header(HttpHeader.RETRY_AFTER, "5");
            exchange.refuse(503, "too many screens");
            return;
        }
        client.begin();
        client.tell(state.look(), ticker.nanos());
    }

    @Override
    public void close() throws InterruptedException {
        timers.close();
        synchronized (this) {
            closed = true;
        }
        clients.forEach(Client::end);
    }

    private synchronized boolean add(Client client) {
        return !closed && clients.size() < MAX_CLIENTS && clients.add(client);
    }

    private void look() {
        if (!clients.isEmpty()) {
            long revision = state.look();
            long now = ticker.nanos();
            clients.forEach(client -> client.tell(revision, now));
        }
    }

    /** One screen: at most one message is on its way to it. */
    private final class Client {
        private final Exchange exchange;
        private final boolean mayControl;
        private long told = -1;
        private long toldNanos;
        private boolean busy;
        private boolean over;

        Client(Exchange exchange, boolean mayControl) {
            this.exchange = exchange;
            this.mayControl = mayControl;
        }

        void begin() {
            exchange.requestIsComplete();
            exchange.response().setStatus(200);
            exchange.header(HttpHeader.CONTENT_TYPE, "text/event-stream");
            exchange.header(HttpHeader.CACHE_CONTROL, "no-store");
            exchange.response().getHeaders().put("X-Content-Type-Options", "nosniff");
        }

        synchronized void tell(long revision, long now) {
            if (busy || over || (revision == told && now - toldNanos < ALIVE_NANOS)) {
                return;
            }
            byte[] json = state.since(told, mayControl);
            String event = told < 0 ? "all" : "change";
            told = revision;
            toldNanos = now;
            busy = true;
            exchange.response().write(false, message(event, json), Callback.from(this::sent, this::lost));
        }

        synchronized void end() {
            boolean idle = !over && !busy;
            over = true;
            if (idle) {
                finish();
            }
        }

        private synchronized void sent() {
            busy = false;
            if (over) {
                finish();
            }
        }

        private void finish() {
            exchange.response().write(true, ByteBuffer.allocate(0), exchange.callback());
        }

        private void lost(Throwable cause) {
            synchronized (this) {
                over = true;
            }
            clients.remove(this);
            exchange.callback().failed(cause);
        }
    }

    private static ByteBuffer message(String event, byte[] json) {
        byte[] head = ("event: " + event + "\ndata: ").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer message = ByteBuffer.allocate(head.length + json.length + 2);
        return message.put(head).put(json).put((byte) '\n').put((byte) '\n').flip();
    }
}
