package solutions.itms.scs.station;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows who is connected, and cuts off whoever is too much or takes too long to send a request. Thread-safe. */
final class ConnectionWatch implements Connection.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long MIN_BYTES_PER_SECOND = 32;

    private final Map<Connection, Peer> peers = new ConcurrentHashMap<>();
    private final Access access;
    private final Alarms alarms;
    private final Ticker ticker;
    private final Crowd crowd;

    ConnectionWatch(Access access, Crowd crowd, Alarms alarms, Ticker ticker) {
        this.crowd = crowd;
        this.access = access;
        this.alarms = alarms;
        this.ticker = ticker;
    }

    @Override
    public void onOpened(Connection connection) {
        // under TLS there are two connections, one upon the other; requests come over this one
        if (connection instanceof ConnectionMetaData http) {
            Peer peer = access.peer(http.getRemoteSocketAddress());
            http.setAttribute(Peer.ATTRIBUTE, peer);
            peers.put(connection, peer);
            Crowd.Removal removal = crowd.opened(connection, peer);
            if (removal != null) {
                remove(removal);
            }
        }
    }

    @Override
    public void onClosed(Connection connection) {
        Peer peer = peers.remove(connection);
        if (peer != null) {
            crowd.closed(connection, peer);
        }
    }

    /** Cuts off the slow ones. */
    void sweep() {
        long now = ticker.nanos();
        peers.forEach((connection, peer) -> {
            if (peer.isTooSlow(connection, now, DEADLINE_NANOS, GRACE_NANOS, MIN_BYTES_PER_SECOND)) {
                LOG.debug("{} is cut off, it takes too long to send a request", peer.name());
                alarms.note(AlarmKind.SLOW_CLIENT, peer.name(), peer.name() + " takes too long to send its requests");
                connection.getEndPoint().close();
            }
        });
    }

    private void remove(Crowd.Removal removal) {
        alarms.note(
                AlarmKind.TOO_MANY_CONNECTIONS,
                removal.ofSource() ? removal.source() : "",
                removal.ofSource()
                        ? removal.source() + " has too many connections; its oldest are closed"
                        : "there are too many connections; one of " + removal.source() + " was closed");
        removal.connection().getEndPoint().close();
    }

    /** How many connections there are. */
    int count() {
        return peers.size();
    }

    /** How many of them were in the middle of a request when they were looked at last. */
    long busy() {
        return peers.values().stream().filter(Peer::isBusy).count();
    }
}
