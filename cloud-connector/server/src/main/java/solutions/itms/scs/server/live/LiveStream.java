package solutions.itms.scs.server.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.auth.Sessions.Session;

/**
 * One browser's events (SSE), written without a thread of its own. What the browser has not fetched yet waits here, the
 * newest of each object only, so that a slow one costs little; one that stands still is dropped. Thread-safe.
 *
 * <p>Nothing is written once the request is over: the container uses its output again for another request.
 */
final class LiveStream implements WriteListener, AsyncListener {
    private static final int MAX_WAITING_BYTES = 4 * 1024 * 1024;
    private static final Duration MAX_STALL = Duration.ofSeconds(30);

    private final Session session;
    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Consumer<LiveStream> ended;
    private final Map<String, byte[]> waiting = new LinkedHashMap<>();
    private long waitingBytes;
    private boolean started;
    private boolean unflushed;
    private boolean over;
    private @Nullable Instant stalledSince;

    /** @param ended told once, when the stream has ended for whatever reason */
    LiveStream(Session session, AsyncContext async, Consumer<LiveStream> ended) throws IOException {
        this.session = session;
        this.async = async;
        this.out = async.getResponse().getOutputStream();
        this.ended = ended;
    }

    /** Begins to write; what is offered before waits. */
    void start() {
        async.addListener(this);
        out.setWriteListener(this);
    }

    Session session() {
        return session;
    }

    /**
     * Sends an event, or puts it in the place of a waiting one about the same object.
     *
     * @param key names the object
     */
    void offer(String key, byte[] event, Instant now) {
        if (!offered(key, event, now)) {
            end();
        }
    }

    /** Ends the stream if the browser has not fetched anything for too long. */
    void checkStall(Instant now) {
        boolean stalled;
        synchronized (this) {
            stalled = stalledSince != null && now.isAfter(stalledSince.plus(MAX_STALL));
        }
        if (stalled) {
            end();
        }
    }

    /** Ends the stream; the browser connects again if it may. */
    void end() {
        if (markOver()) {
            try {
                async.complete();
            } catch (IllegalStateException e) {
                // the container ended it at the same moment
            }
        }
    }

    @Override
    public void onWritePossible() {
        synchronized (this) {
            started = true;
        }
        if (!write()) {
            end();
        }
    }

    @Override
    public void onError(Throwable failure) {
        // the browser has gone
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        markOver();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // nobody starts it anew
    }

    /** An event in the wire's form; the data must have no line break, which JSON has not. */
    static byte[] event(String name, byte[] json) {
        byte[] head = ("event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8);
        byte[] event = new byte[head.length + json.length + 2];
        System.arraycopy(head, 0, event, 0, head.length);
        System.arraycopy(json, 0, event, head.length, json.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return event;
    }

    /** A comment, by which a browser and the proxies between see that the stream lives. */
    static byte[] ping() {
        return ": ping\n\n".getBytes(StandardCharsets.UTF_8);
    }

    private boolean markOver() {
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
        }
        ended.accept(this);
        return true;
    }

    /** @return false when the stream must end */
    private synchronized boolean offered(String key, byte[] event, Instant now) {
        if (over) {
            return true;
        }
        byte @Nullable [] replaced = waiting.put(key, event);
        waitingBytes += event.length - (replaced == null ? 0 : replaced.length);
        if (waitingBytes > MAX_WAITING_BYTES && waiting.size() > 1) {
            return false;
        }
        if (stalledSince == null) {
            stalledSince = now;
        }
        return write();
    }

    /** @return false when the browser has gone */
    private synchronized boolean write() {
        // before the container's first call a write would block
        try {
            while (started && !over && out.isReady() && writeNext()) {
                // until the browser is slower than we are
            }
            return true;
        } catch (IOException | IllegalStateException e) {
            return false;
        }
    }

    /** @return false when there is nothing left to do */
    private boolean writeNext() throws IOException {
        Iterator<byte[]> events = waiting.values().iterator();
        if (events.hasNext()) {
            byte[] event = events.next();
            events.remove();
            waitingBytes -= event.length;
            unflushed = true;
            out.write(event);
            return true;
        }
        stalledSince = null;
        if (unflushed) {
            unflushed = false;
            out.flush();
            return true;
        }
        return false;
    }
}
