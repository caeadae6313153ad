package solutions.itms.scs.ssh;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import solutions.itms.scs.store.StoreException;
import solutions.itms.scs.store.Stores;

/** The running probes: their threads, their schedule, and what the cloud is told of them. Thread-safe. */
final class GateProbes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GateProbes.class);
    private static final String EVENT = "event/gate_ssh";

    private final SshSettings settings;
    private final GateDirectory directory;
    private final Telemetry telemetry;
    private final HostKeys hostKeys;
    private final GateProbe probe;
    private final ProbeRounds rounds;
    private final ExecutorService workers;
    private final ScheduledExecutorService timers;

    private GateProbes(
            SshSettings settings, GateDirectory directory, Telemetry telemetry, HostKeys hostKeys, Clock clock) {
        this.settings = settings;
        this.directory = directory;
        this.telemetry = telemetry;
        this.hostKeys = hostKeys;
        this.workers = Executors.newFixedThreadPool(settings.workers(), task -> daemon(task, "scs-ssh-probe"));
        ScheduledThreadPoolExecutor scheduled =
                new ScheduledThreadPoolExecutor(1, task -> daemon(task, "scs-ssh-timer"));
        scheduled.setRemoveOnCancelPolicy(true);
        this.timers = scheduled;
        GateProbe.Login login = new GateProbe.Login(settings.user(), settings.keys(), settings.command());
        this.probe = new GateProbe(hostKeys, login, settings.deadline(), timers, clock);
        this.rounds = new ProbeRounds(this::gates, probe, settings.interval(), workers, this::tell, System::nanoTime);
    }

    /** Starts probing, if that is enabled. */
    @SuppressWarnings("FutureReturnValueIgnored") // every failure is caught and told
    static GateProbes start(
            SshSettings settings, GateDirectory directory, Telemetry telemetry, Stores stores, Clock clock)
            throws StoreException {
        HostKeys keys = HostKeys.open(stores, settings.given(), settings.trustFirst(), clock);
        GateProbes probes = new GateProbes(settings, directory, telemetry, keys, clock);
        settings.problems().forEach(text -> LOG.warn("Configuration of SSH: {}", text));
        if (settings.keysSince() != null) {
            LOG.info("The newest key for gates was written at {}", settings.keysSince());
        }
        if (settings.enabled()) {
            probes.timers.scheduleWithFixedDelay(probes::tick, 1, 1, TimeUnit.SECONDS);
        }
        return probes;
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
        probe.stop();
        try {
            long patience = settings.deadline().toMillis() + 1_000;
            if (!workers.awaitTermination(patience, TimeUnit.MILLISECONDS)
                    || !timers.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("A probe did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        hostKeys.close();
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
        } catch (RuntimeException e) {
            LOG.error("Gates could not be probed", e);
        }
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

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
