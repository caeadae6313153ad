package solutions.itms.scs.server.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.auth.Sessions.Session;

/**
 * One browser's events (SSE), written without a thread of its own. What the browser has not fetched yet waits here, the
 * newest of each object only, so that a slow one costs little; one that stands still is dropped. Thread-safe.
 */
final class LiveStream implements WriteListener {
    private static final int MAX_WAITING_BYTES = 4 * 1024 * 1024;
    private static final Duration MAX_STALL = Duration.ofSeconds(30);

    private final Session session;
    private final ServletOutputStream out;
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private final Map<String, byte[]> waiting = new LinkedHashMap<>();
    private long waitingBytes;
    private boolean unflushed;
    private @Nullable Instant stalledSince;

    LiveStream(Session session, AsyncContext async) throws IOException {
        this.session = session;
        this.out = async.getResponse().getOutputStream();
    }

    /** Begins to write; what is offered before waits. */
    void start() {
        out.setWriteListener(this);
    }

    Session session() {
        return session;
    }

    /** Completes when the stream has ended, for whatever reason. */
    CompletableFuture<@Nullable Void> done() {
        return done;
    }

    /**
     * Sends an event, or puts it in the place of a waiting one about the same object.
     *
     * @param key names the object
     */
    synchronized void offer(String key, byte[] event, Instant now) {
        if (done.isDone()) {
            return;
        }
        byte @Nullable [] replaced = waiting.put(key, event);
        waitingBytes += event.length - (replaced == null ? 0 : replaced.length);
        if (waitingBytes > MAX_WAITING_BYTES && waiting.size() > 1) {
            end();
            return;
        }
        if (stalledSince == null) {
            stalledSince = now;
        }
        write();
    }

    /** Ends the stream if the browser has not fetched anything for too long. */
    synchronized void checkStall(Instant now) {
        if (stalledSince != null && now.isAfter(stalledSince.plus(MAX_STALL))) {
            end();
        }
    }

    /** Ends the stream; the browser connects again if it may. */
    void end() {
        done.complete(null);
    }

    @Override
    public synchronized void onWritePossible() {
        write();
    }

    @Override
    public void onError(Throwable failure) {
        // the browser has gone
        end();
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

    private void write() {
        if (done.isDone()) {
            return;
        }
        try {
            while (out.isReady()) {
                if (!writeNext()) {
                    return;
                }
            }
        } catch (IOException | IllegalStateException e) {
            // the browser has gone
            end();
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
