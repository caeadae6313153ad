package solutions.itms.scs.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.SocketFactory;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.gate.GateAddress;

/**
 * Probes a gate over one connection. Whatever the gate does, a probe ends at its deadline: the library's own time-outs
 * bound neither a banner without an end nor a command, so that the socket is closed under it. Thread-safe.
 */
final class GateProbe {
    private static final int MAX_OUTPUT = 64 * 1024;

    private final Config config = Algorithms.modern();
    private final HostKeys hostKeys;
    private final Login login;
    private final Duration deadline;
    private final ScheduledExecutorService watchdogs;
    private final Set<WatchedSocket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;
    private final Clock clock;

    /**
     * How to log in.
     *
     * @param user name on the gate
     * @param keys the first one that the gate accepts is used, without any the probe ends before the login; passwords
     *     are never offered
     * @param command to run once logged in
     */
    record Login(String user, List<KeyProvider> keys, String command) {}

    /**
     * @param deadline longest time of a probe
     * @param watchdogs ends those that last longer
     */
    GateProbe(HostKeys hostKeys, Login login, Duration deadline, ScheduledExecutorService watchdogs, Clock clock) {
        this.hostKeys = hostKeys;
        this.login = login;
        this.deadline = deadline;
        this.watchdogs = watchdogs;
        this.clock = clock;
    }

    /** Probes one gate; blocks until the deadline at most. */
    ProbeResult probe(GateAddress gate) {
        return probe(gate, deadline);
    }

    /** Probes one gate; blocks until the deadline at most, or until the limit when that is shorter. */
    ProbeResult probe(GateAddress gate, Duration limit) {
        return new Attempt(gate, limit.compareTo(deadline) < 0 ? limit : deadline).run();
    }

    /** Ends the probes that are running, and those that come, at once. */
    void stop() {
        stopped = true;
        open.forEach(WatchedSocket::cut);
    }

    private final class Attempt implements HostKeyVerifier {
        private final GateAddress gate;
        private final Duration limit;
        private final Instant begun = clock.instant();
        private final long begunNanos = System.nanoTime();
        private final WatchedSocket socket = new WatchedSocket();
        private final Map<Level, Long> millis = new EnumMap<>(Level.class);
        private @Nullable String objection;
        private Vitals vitals = Vitals.NONE;

        Attempt(GateAddress gate, Duration limit) {
            this.gate = gate;
            this.limit = limit;
        }

        ProbeResult run() {
            ScheduledFuture<?> watchdog = watchdogs.schedule(socket::cut, limit.toMillis(), TimeUnit.MILLISECONDS);
            SSHClient client = new SSHClient(config);
            open.add(socket);
            try {
                if (stopped) {
                    socket.cut();
                }
                connect(client);
                if (!login.keys().isEmpty()) {
                    client.auth(login.user(), methods());
                    reached(Level.LOGIN);
                    execute(client);
                    reached(Level.COMMAND);
                }
                return result(null, null);
            } catch (IOException | TimeoutException | RuntimeException e) {
                return failed(e);
            } finally {
                watchdog.cancel(false);
                // before the client, which would wait for the other end
                socket.cut();
                open.remove(socket);
                closeQuietly(client);
            }
        }

        private void connect(SSHClient client) throws IOException {
            client.setSocketFactory(new OneSocket(socket));
            client.setConnectTimeout((int) limit.toMillis());
            client.setTimeout((int) limit.toMillis());
            client.addHostKeyVerifier(this);
            // a literal: no name is looked up
            client.connect(gate.ip(), gate.sshPort());
            reached(Level.HOST_KEY);
        }

        private List<AuthMethod> methods() {
            List<AuthMethod> methods = new ArrayList<>();
            login.keys().forEach(key -> methods.add(new AuthPublickey(key)));
            return methods;
        }

        private void execute(SSHClient client) throws IOException, TimeoutException {
            try {
                Session session = client.startSession();
                Session.Command command = session.exec(login.command());
                vitals = Vitals.parse(read(command.getInputStream()), clock.instant());
                command.join(left(), TimeUnit.MILLISECONDS);
                Integer status = command.getExitStatus();
                if (status != null && status != 0) {
                    throw new IOException("the command ended with status " + status);
                }
            } finally {
                // to close the session in its own way may take as long as the gate likes
                socket.cut();
            }
        }

        private String read(InputStream in) throws IOException, TimeoutException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4_096];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                if (out.size() > MAX_OUTPUT) {
                    throw new IOException("the command prints more than " + MAX_OUTPUT + " bytes");
                }
                if (left() <= 0) {
                    throw new TimeoutException();
                }
            }
            return out.toString(StandardCharsets.UTF_8);
        }

        private long left() {
            return Math.max(0, limit.toMillis() - elapsed(System.nanoTime()));
        }

        private long elapsed(long nanos) {
            return TimeUnit.NANOSECONDS.toMillis(nanos - begunNanos);
        }

        private void reached(Level level) {
            millis.put(level, elapsed(System.nanoTime()));
        }

        @Override
        public boolean verify(String host, int port, PublicKey key) {
            objection = hostKeys.objection(gate.id(), key);
            return objection == null;
        }

        @Override
        public List<String> findExistingAlgorithms(String host, int port) {
            return hostKeys.algorithm(gate.id())
                    .map(name -> name.equals("ssh-rsa") ? List.of("rsa-sha2-512", "rsa-sha2-256") : List.of(name))
                    .orElse(List.of());
        }

        private ProbeResult failed(Exception e) {
            if (!socket.wasConnected()) {
                return result(Level.TCP, unreachable(e));
            }
            if (!socket.wasHeard()) {
                return result(Level.BANNER, "accepts connections, but says nothing");
            }
            if (!millis.containsKey(Level.HOST_KEY)) {
                return objection != null
                        ? result(Level.HOST_KEY, objection)
                        : result(Level.BANNER, timedOut() ? late() : "speaks no SSH that we do: " + e.getMessage());
            }
            if (!millis.containsKey(Level.LOGIN)) {
                return result(
                        Level.LOGIN, timedOut() ? late() : "refuses user " + login.user() + " with the keys we have");
            }
            return result(Level.COMMAND, timedOut() ? late() : String.valueOf(e.getMessage()));
        }

        private boolean timedOut() {
            return left() == 0;
        }

        private String late() {
            return "does not answer within " + limit.toMillis() + " ms";
        }

        private String unreachable(Exception e) {
            return e instanceof ConnectException && !timedOut()
                    ? "refuses connections to port " + gate.sshPort()
                    : "can't be reached at " + gate.ip() + " port " + gate.sshPort();
        }

        private ProbeResult result(@Nullable Level failed, @Nullable String reason) {
            if (socket.wasConnected()) {
                millis.put(Level.TCP, elapsed(socket.connectedNanos()));
            }
            if (socket.wasHeard() && failed != Level.BANNER) {
                millis.put(Level.BANNER, elapsed(socket.heardNanos()));
            }
            return new ProbeResult(gate.id(), begun, Map.copyOf(millis), failed, reason, vitals);
        }
    }

    private static void closeQuietly(SSHClient client) {
        try {
            client.close();
        } catch (IOException | RuntimeException e) {
            // its socket is closed
        }
    }

    /** Hands out the one socket that the watchdog knows. */
    private static final class OneSocket extends SocketFactory {
        private final Socket socket;

        OneSocket(Socket socket) {
            this.socket = socket;
        }

        @Override
        public Socket createSocket() {
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
