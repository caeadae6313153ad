package solutions.itms.scs.ssh;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import net.schmizz.sshj.Config;
import solutions.itms.scs.api.gate.GateAddress;

/** Opens connections to gates, and ends them all at once. Thread-safe. */
final class GateConnections {
    private final Config modern = Algorithms.modern();
    private final Config old = Algorithms.old();
    private final HostKeys hostKeys;
    private final GateLogin login;
    private final LevelLimits limits;
    private final ScheduledExecutorService watchdogs;
    private final Map<WatchedSocket, String> open = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** @param watchdogs ends the connections that last too long */
    GateConnections(HostKeys hostKeys, GateLogin login, LevelLimits limits, ScheduledExecutorService watchdogs) {
        this.hostKeys = hostKeys;
        this.login = login;
        this.limits = limits;
        this.watchdogs = watchdogs;
    }

    /**
     * A connection that has not begun yet.
     *
     * @param limit the longest time from now until it is cut, whatever it is doing then
     */
    GateConnection open(GateAddress gate, Duration limit) {
        WatchedSocket socket = new WatchedSocket();
        open.put(socket, gate.id());
        if (stopped) {
            socket.cut();
        }
        Config config = login.old().contains(gate.id()) ? old : modern;
        return new GateConnection(
                gate, login, hostKeys, config, limits, limit, watchdogs, socket, () -> open.remove(socket));
    }

    /** Whether somebody is talking to that gate now. */
    boolean isBusy(String gate) {
        return open.containsValue(gate);
    }

    boolean canLogIn(String gate) {
        return login.isPossible(gate);
    }

    /** Ends the connections that there are, and those that come, at once. */
    void stop() {
        stopped = true;
        open.keySet().forEach(WatchedSocket::cut);
    }
}
