package solutions.itms.scs.station;

import java.util.Map;
import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;

/** The other end of one connection: what is found out once, and how far its requests have come. */
final class Peer {
    /** Under this name it hangs on its connection. */
    static final String ATTRIBUTE = "solutions.itms.scs.station.peer";

    private final @Nullable String address;
    private final boolean loopback;
    private final boolean allowed;
    private final boolean control;
    private final Map<Traffic, TokenBucket> buckets;
    private volatile long bytesDone;
    private long busySinceNanos;
    private boolean busy;

    /**
     * @param address in canonical form; null when it is no IP address
     * @param allowed whether it may use the interface without being noticed
     * @param control whether it may send control writes
     */
    Peer(
            @Nullable String address,
            boolean loopback,
            boolean allowed,
            boolean control,
            Map<Traffic, TokenBucket> buckets) {
        this.address = address;
        this.loopback = loopback;
        this.allowed = allowed;
        this.control = control;
        this.buckets = buckets;
    }

    @Nullable
    String address() {
        return address;
    }

    /** The address, to be read by people. */
    String name() {
        return address == null ? "unknown" : address;
    }

    boolean isLoopback() {
        return loopback;
    }

    boolean isAllowed() {
        return allowed;
    }

    boolean mayControl() {
        return control;
    }

    /** Takes one request's share of the rate; the seconds to wait when there is none left, else 0. */
    long take(Traffic traffic, long nowNanos) {
        TokenBucket bucket = loopback ? null : buckets.get(traffic);
        return bucket == null || bucket.take(nowNanos) ? 0 : bucket.secondsToNext(nowNanos);
    }

    /** A request of this connection has come completely. */
    void requestIsComplete(Connection connection) {
        bytesDone = connection.getBytesIn();
    }

    /**
     * Whether the request that is coming takes too long. Called by one thread.
     *
     * @param deadlineNanos time for a whole request
     * @param graceNanos time after which the minimum rate counts
     */
    boolean isTooSlow(Connection connection, long nowNanos, long deadlineNanos, long graceNanos, long minPerSecond) {
        long pending = connection.getBytesIn() - bytesDone;
        if (pending <= 0) {
            busy = false;
            return false;
        }
        if (!busy) {
            busy = true;
            busySinceNanos = nowNanos;
            return false;
        }
        long lasted = nowNanos - busySinceNanos;
        return lasted > deadlineNanos || (lasted > graceNanos && pending < lasted / 1_000_000_000 * minPerSecond);
    }
}
