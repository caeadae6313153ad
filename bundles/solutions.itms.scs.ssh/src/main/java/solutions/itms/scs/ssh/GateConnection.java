package solutions.itms.scs.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.sftp.SFTPEngine;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import net.schmizz.sshj.userauth.password.PasswordUtils;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.gate.GateAddress;

/**
 * One connection to a gate. Whatever the gate does, it ends at its deadline: the library's own time-outs bound neither a
 * banner without an end nor a command, so that the socket is closed under it. For one thread.
 */
final class GateConnection implements AutoCloseable, HostKeyVerifier {
    private final GateAddress gate;
    private final GateLogin login;
    private final HostKeys hostKeys;
    private final LevelLimits limits;
    private final Duration limit;
    private final WatchedSocket socket;
    private final Runnable closed;
    private final ScheduledExecutorService watchdogs;
    private final ScheduledFuture<?> watchdog;
    private final SSHClient client;
    private final long begunNanos = System.nanoTime();
    private final Map<Level, Long> millis = new EnumMap<>(Level.class);
    private @Nullable String objection;
    private @Nullable ScheduledFuture<?> step;
    private volatile @Nullable Duration exceeded;

    GateConnection(
            GateAddress gate,
            GateLogin login,
            HostKeys hostKeys,
            Config config,
            LevelLimits limits,
            Duration limit,
            ScheduledExecutorService watchdogs,
            WatchedSocket socket,
            Runnable closed) {
        this.gate = gate;
        this.login = login;
        this.hostKeys = hostKeys;
        this.limits = limits;
        this.limit = limit;
        this.socket = socket;
        this.closed = closed;
        this.watchdogs = watchdogs;
        this.watchdog = watchdogs.schedule(socket::cut, limit.toMillis(), TimeUnit.MILLISECONDS);
        this.client = new SSHClient(config);
    }

    /** Connects, and makes sure that it is the gate that it should be. */
    void connect() throws GateFailure {
        client.setSocketFactory(new OneSocket(socket));
        client.setConnectTimeout((int) shorter(limits.connect()).toMillis());
        client.setTimeout((int) limit.toMillis());
        client.addHostKeyVerifier(this);
        socket.onConnected(() -> begin(limits.banner()));
        try {
            // a literal: no name is looked up
            client.connect(gate.ip(), gate.sshPort());
            reached(Level.HOST_KEY);
        } catch (IOException | RuntimeException e) {
            throw notConnected(e);
        } finally {
            end();
        }
    }

    /** Logs in. */
    void login() throws GateFailure {
        begin(limits.login());
        try {
            client.auth(login.user(), methods());
            reached(Level.LOGIN);
        } catch (IOException | RuntimeException e) {
            String ways = login.passwords().containsKey(gate.id()) ? "keys and password" : "keys";
            throw new GateFailure(
                    Level.LOGIN, isOver() ? late() : "refuses user " + login.user() + " with the " + ways + " we have");
        } finally {
            end();
        }
    }

    /** Runs the command of a probe, within the time for that step, and returns its exit status. */
    int probe(String command, Output output) throws GateFailure {
        begin(limits.command());
        try {
            return run(command, output);
        } finally {
            end();
        }
    }

    /** Takes what a command prints, piece by piece. */
    interface Output {
        void take(byte[] bytes, int length) throws IOException;
    }

    /**
     * Runs a command and returns its exit status; -1 when the gate tells none.
     *
     * @param longest when it takes longer, the whole connection is cut
     * @param output what it prints; an exception of it ends the command
     */
    int run(String command, Duration longest, Output output) throws GateFailure {
        AtomicBoolean late = new AtomicBoolean();
        Runnable end = () -> {
            // before the cut: whoever reads sees that at once
            late.set(true);
            socket.cut();
        };
        ScheduledFuture<?> cut = watchdogs.schedule(end, longest.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return run(command, output);
        } catch (GateFailure e) {
            throw late.get() && !isOver()
                    ? new GateFailure(Level.COMMAND, "the command takes longer than " + longest.toSeconds() + " s")
                    : e;
        } finally {
            cut.cancel(false);
        }
    }

    /**
     * Runs a command until the connection's own deadline, and returns its exit status; -1 when the gate tells none.
     *
     * @param output what it prints; an exception of it ends the command
     */
    int run(String command, Output output) throws GateFailure {
        try (Session session = client.startSession()) {
            Session.Command running = session.exec(command);
            byte[] buffer = new byte[16 * 1024];
            InputStream in = running.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                output.take(buffer, count);
            }
            running.join(left().toMillis(), TimeUnit.MILLISECONDS);
            Integer status = running.getExitStatus();
            return status == null ? -1 : status;
        } catch (IOException | RuntimeException e) {
            // to close the session in its own way may take as long as the gate likes
            socket.cut();
            throw new GateFailure(Level.COMMAND, isOver() ? late() : String.valueOf(e.getMessage()));
        }
    }

    /** What a command prints, until it ends or the stream is closed. */
    InputStream stream(String command) throws GateFailure {
        try {
            Session session = client.startSession();
            InputStream printed = session.exec(command).getInputStream();
            return new FilterInputStream(printed) {
                @Override
                public void close() throws IOException {
                    session.close();
                }
            };
        } catch (IOException | RuntimeException e) {
            throw new GateFailure(Level.COMMAND, isOver() ? late() : String.valueOf(e.getMessage()));
        }
    }

    /**
     * The gate's files.
     *
     * @param patience the longest time that one answer may take
     */
    SFTPEngine files(Duration patience) throws GateFailure {
        try {
            SFTPEngine engine = new SFTPEngine(client).init();
            engine.setTimeoutMs((int) Math.min(patience.toMillis(), Math.max(1, left().toMillis())));
            return engine;
        } catch (IOException | RuntimeException e) {
            throw new GateFailure(Level.COMMAND, isOver() ? late() : "offers no files over SFTP: " + e.getMessage());
        }
    }

    /** Notes that a level is reached. */
    void reached(Level level) {
        millis.put(level, elapsed(System.nanoTime()));
    }

    /** Time from the beginning to each level that was reached, in milliseconds. */
    Map<Level, Long> millis() {
        Map<Level, Long> all = new EnumMap<>(Level.class);
        all.putAll(millis);
        if (socket.wasConnected()) {
            all.put(Level.TCP, elapsed(socket.connectedNanos()));
        }
        if (socket.wasHeard() && (millis.containsKey(Level.HOST_KEY) || objection != null)) {
            all.put(Level.BANNER, elapsed(socket.heardNanos()));
        }
        return all;
    }

    /** Time until it is cut. */
    Duration left() {
        return Duration.ofMillis(Math.max(0, limit.toMillis() - elapsed(System.nanoTime())));
    }

    /** Whether the time of the whole, or of a step, is over. */
    boolean isOver() {
        return exceeded != null || left().isZero();
    }

    /** That the time is over, in words for people. */
    String late() {
        Duration time = exceeded;
        return "does not answer within " + (time == null ? limit : time).toMillis() + " ms";
    }

    /** From now on the connection is cut after so long, until {@link #end()}. */
    private void begin(Duration longest) {
        if (!longest.isZero() && longest.compareTo(left()) < 0) {
            step = watchdogs.schedule(
                    () -> {
                        exceeded = longest;
                        socket.cut();
                    },
                    longest.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void end() {
        ScheduledFuture<?> running = step;
        step = null;
        if (running != null) {
            running.cancel(false);
        }
    }

    private Duration shorter(Duration longest) {
        return longest.isZero() || longest.compareTo(limit) > 0 ? limit : longest;
    }

    @Override
    public boolean verify(String host, int port, PublicKey key) {
        objection = hostKeys.objection(gate.id(), key);
        return objection == null;
    }

    @Override
    public List<String> findExistingAlgorithms(String host, int port) {
        return hostKeys.algorithm(gate.id())
                .map(name -> name.equals("ssh-rsa") ? Algorithms.rsa(login.old().contains(gate.id())) : List.of(name))
                .orElse(List.of());
    }

    @Override
    public void close() {
        watchdog.cancel(false);
        end();
        // before the client, which would wait for the other end
        socket.cut();
        closed.run();
        try {
            client.close();
        } catch (IOException | RuntimeException e) {
            // its socket is closed
        }
    }

    private List<AuthMethod> methods() {
        List<AuthMethod> methods = new ArrayList<>();
        login.keys().forEach(key -> methods.add(new AuthPublickey(key)));
        String password = login.passwords().get(gate.id());
        if (password != null) {
            methods.add(new AuthPassword(PasswordUtils.createOneOff(password.toCharArray())));
        }
        return methods;
    }

    private GateFailure notConnected(Exception e) {
        if (!socket.wasConnected()) {
            return new GateFailure(
                    Level.TCP,
                    e instanceof ConnectException && !isOver()
                            ? "refuses connections to port " + gate.sshPort()
                            : "can't be reached at " + gate.ip() + " port " + gate.sshPort());
        }
        if (!socket.wasHeard()) {
            return new GateFailure(Level.BANNER, "accepts connections, but says nothing");
        }
        String why = objection;
        if (why != null) {
            return new GateFailure(Level.HOST_KEY, why);
        }
        return new GateFailure(Level.BANNER, isOver() ? late() : "speaks no SSH that we do: " + e.getMessage());
    }

    private long elapsed(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos - begunNanos);
    }
}
