package solutions.itms.scs.ssh;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.gate.GateAddress;
import solutions.itms.scs.api.gate.GateDirectory;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.ssh.logs.Catalogue;
import solutions.itms.scs.ssh.logs.LogStore;
import solutions.itms.scs.store.Stores;

/** The running probes and collections: their threads, their schedule, and what the cloud is told of them. Thread-safe. */
final class GateProbes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GateProbes.class);
    private static final String EVENT = "event/gate_ssh";
    private static final String HEALTH = "event/gate_health";
    private static final String LOGS = "event/gate_logs";
    private static final int COLLECTORS = 2;
    private static final Duration ONE_DAY = Duration.ofDays(1);
    private static final Duration COLLECTION = Duration.ofMinutes(15);

    private final SshSettings settings;
    private final GateDirectory directory;
    private final Telemetry telemetry;
    private final HostKeys hostKeys;
    private final GateConnections connections;
    private final GateProbe probe;
    private final GateTurns probing;
    private final ProbeRounds rounds;
    private final ExecutorService workers;
    private final ExecutorService collectors;
    private final LogStore logStore;
    private final GateLogs logs;
    private final GateTurns collecting;
    private final LogRounds logRounds;
    private final Clock clock;
    private final Map<String, GateView> views = new ConcurrentHashMap<>();
    private final Map<String, Boolean> collectable = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timers;

    private GateProbes(
            SshSettings settings,
            GateDirectory directory,
            Telemetry telemetry,
            HostKeys hostKeys,
            LogStore logStore,
            Clock clock) {
        this.settings = settings;
        this.directory = directory;
        this.telemetry = telemetry;
        this.hostKeys = hostKeys;
        this.workers = Executors.newFixedThreadPool(settings.workers(), task -> daemon(task, "scs-ssh-probe"));
        ScheduledThreadPoolExecutor scheduled =
                new ScheduledThreadPoolExecutor(1, task -> daemon(task, "scs-ssh-timer"));
        scheduled.setRemoveOnCancelPolicy(true);
        this.timers = scheduled;
        this.connections = new GateConnections(hostKeys, settings.login(), settings.limits(), timers);
        this.probe = new GateProbe(connections, settings.command(), settings.deadline(), clock);
        this.probing = new GateTurns(settings.interval(), System::nanoTime, this::isTalkedTo);
        this.rounds = new ProbeRounds(
                this::gates, probe, probing, workers, new HostKeyAlarms(telemetry, clock)::take, this::tell);
        this.clock = clock;
        this.logStore = logStore;
        this.logs = new GateLogs(connections, directory, logStore, settings.logs(), settings.deadline(), clock);
        this.collectors = Executors.newFixedThreadPool(COLLECTORS, task -> daemon(task, "scs-ssh-logs"));
        this.collecting = new GateTurns(
                settings.logs().isScheduled() ? settings.logs().interval() : ONE_DAY,
                System::nanoTime,
                this::isTalkedTo);
        this.logRounds = new LogRounds(this::gates, this::collect, collecting, collectors);
    }

    /** Starts probing, if that is enabled. */
    @SuppressWarnings("FutureReturnValueIgnored") // every failure is caught and told
    static GateProbes start(
            SshSettings settings, GateDirectory directory, Telemetry telemetry, Stores stores, Clock clock)
            throws IOException {
        HostKeys keys = HostKeys.open(stores, settings.given(), settings.trustFirst(), clock);
        LogStore logStore;
        try {
            logStore = LogStore.open(stores, clock);
        } catch (IOException e) {
            keys.close();
            throw e;
        }
        GateProbes probes = new GateProbes(settings, directory, telemetry, keys, logStore, clock);
        settings.problems().forEach(text -> LOG.warn("Configuration of SSH: {}", text));
        if (settings.keysSince() != null) {
            LOG.info("The newest key for gates was written at {}", settings.keysSince());
        }
        if (settings.enabled()) {
            probes.timers.scheduleWithFixedDelay(probes::tick, 1, 1, TimeUnit.SECONDS);
        }
        return probes;
    }

    GateConnections connections() {
        return connections;
    }

    GateLogs logs() {
        return logs;
    }

    /** What is known of the gate by heartbeats and over SSH together. */
    GateView view(String gate) {
        return GateView.of(directory.status(gate), rounds.verdict(gate).orElse(null));
    }

    HostKeys hostKeys() {
        return hostKeys;
    }

    /** The gate of this id, with the port that is configured for it. */
    Optional<GateAddress> gate(String id) {
        return gates().stream().filter(gate -> gate.id().equals(id)).findFirst();
    }

    /** Probes a gate now, beside the schedule; for so long at most. */
    ProbeResult probeNow(GateAddress gate, Duration limit) {
        ProbeResult result = probe.probe(gate, limit);
        rounds.take(result);
        return result;
    }

    /** Ends all probes; every thread has ended when this returns. */
    @Override
    public void close() {
        timers.shutdownNow();
        workers.shutdownNow();
        collectors.shutdownNow();
        connections.stop();
        try {
            long patience = settings.deadline().toMillis() + 1_000;
            if (!workers.awaitTermination(patience, TimeUnit.MILLISECONDS)
                    || !collectors.awaitTermination(patience, TimeUnit.MILLISECONDS)
                    || !timers.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("A probe did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        hostKeys.close();
        logStore.close();
    }

    private List<GateAddress> gates() {
        return directory.gates().stream()
                .map(gate ->
                        new GateAddress(gate.id(), gate.ip(), settings.ports().getOrDefault(gate.id(), gate.sshPort())))
                .toList();
    }

    private void tick() {
        try {
            rounds.tick();
            if (settings.logs().isScheduled()) {
                logRounds.tick();
            }
            compare();
        } catch (RuntimeException e) {
            LOG.error("Gates could not be probed", e);
        }
    }

    /** Also when it is about to be: a turn begins a moment before its connection. */
    private boolean isTalkedTo(String gate) {
        return connections.isBusy(gate) || probing.isRunning(gate) || collecting.isRunning(gate);
    }

    private void tell(ProbeResult result) {
        if (result.isWell()) {
            LOG.info("{} answers over SSH", result.gateId());
        } else {
            LOG.warn("{} does not answer over SSH: {}", result.gateId(), result.reason());
        }
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("gate.id", result.gateId());
        metrics.put("ok", result.isWell());
        if (result.failed() != null && result.reason() != null) {
            metrics.put("failed", result.failed().text());
            metrics.put("reason", result.reason());
        }
        telemetry.send(EVENT, Payload.of(result.at(), metrics), Priority.EVENT);
    }

    /** Tells when heartbeats and SSH together say something else than before; both are damped by themselves. */
    private void compare() {
        for (GateAddress gate : gates()) {
            GateView view = view(gate.id());
            GateView before = views.put(gate.id(), view);
            if (view != before && view != GateView.UNKNOWN) {
                Map<String, Object> metrics = new LinkedHashMap<>();
                metrics.put("gate.id", gate.id());
                metrics.put("health", view.text());
                directory.status(gate.id()).ifPresent(status -> metrics.put("heartbeat", status));
                telemetry.send(HEALTH, Payload.of(clock.instant(), metrics), Priority.EVENT);
            }
        }
    }

    private void collect(GateAddress gate) {
        Catalogue catalogue = logs.catalogues().forGate(gate.id());
        if (catalogue.logs().isEmpty() || !connections.canLogIn(gate.id())) {
            return;
        }
        try {
            GateLogs.Fetched fetched =
                    logs.fetch(gate, catalogue, new GateLogs.Wish(Long.MAX_VALUE, COLLECTION, false, () -> false));
            if (!Boolean.TRUE.equals(collectable.put(gate.id(), true))) {
                LOG.info("The logs of {} are collected", gate.id());
            }
            refused(gate.id(), fetched.collected().refused());
        } catch (IOException e) {
            // said when it begins, not with each round
            if (!Boolean.FALSE.equals(collectable.put(gate.id(), false))) {
                LOG.warn("The logs of {} can't be collected: {}", gate.id(), e.getMessage());
            }
        }
    }

    /** A gate that offers something else in the place of its logs is a reason to look at it. */
    void refused(String gate, List<String> what) {
        for (String text : what) {
            LOG.warn("{} is not read at {}", text, gate);
            directory.log(gate, "not read: " + text);
            Map<String, Object> metrics = new LinkedHashMap<>();
            metrics.put("gate.id", gate);
            metrics.put("refused", text);
            telemetry.send(LOGS, Payload.of(clock.instant(), metrics), Priority.EVENT);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
