package solutions.itms.scs.station;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.station.log.Level;
import solutions.itms.scs.store.Stores;

/**
 * The running Station Computer: its gates, its HTTP server and its timers. What can't be had at once, a port that is
 * still in use or a disk that can't be written, is tried again until it can.
 */
final class Station implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Station.class);
    private static final Duration SILENCE_CHECK = Duration.ofMillis(250);
    /** What is left to write when heartbeats are not: when gates asked, and all that a damaged file has lost. */
    private static final Duration UNSAVED_CHECK = Duration.ofSeconds(1);

    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Settings settings;
    private final StationDatabase database;
    private final Gates gates;
    private final Wishes wishes;
    private final CloudReporter reporter;
    private final Journal journal;
    private final StationHandler handler;
    private final ScheduledExecutorService timer;
    private final AutoCloseable connected;
    private @Nullable StationServer server;
    private String problem = "";

    Station(Settings settings, Stores stores, Telemetry telemetry, Clock clock, Ticker ticker) {
        this(settings, stores, telemetry, clock, ticker, Journal.NONE);
    }

    Station(Settings settings, Stores stores, Telemetry telemetry, Clock clock, Ticker ticker, Journal journal) {
        this.settings = settings;
        this.journal = journal;
        this.reporter = new CloudReporter(telemetry, clock);
        this.database = new StationDatabase(stores);
        this.gates = new Gates(
                database,
                clock,
                ticker,
                settings.staleAfter(),
                !settings.writeBehind().isZero(),
                this::changed);
        this.wishes = new Wishes(database, clock);
        database.add(gates);
        database.add(wishes);
        Router router = new Router();
        new HeartbeatRoutes(gates, wishes).addTo(router);
        new ControlRoutes(gates, wishes).addTo(router);
        new TimeRoutes(clock, settings.zone()).addTo(router);
        this.handler = new StationHandler(router);
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "scs-station-timer");
            thread.setDaemon(true);
            return thread;
        });
        this.connected = telemetry.onConnected(() -> reporter.changed(gates.all()));
    }

    /** Begins; returns at once. */
    void start() {
        settings.problems().forEach(text -> {
            LOG.warn("Configuration of the station: {}", text);
            journal.app(Level.WARN, text);
        });
        every(SILENCE_CHECK, gates::findSilent);
        every(settings.beatsEvery(), () -> reporter.summarise(gates.all()));
        every(settings.writeBehind().isZero() ? UNSAVED_CHECK : settings.writeBehind(), this::saveUnsaved);
        timer.execute(this::open);
    }

    /** The port that is listened on; 0 while there is none. */
    synchronized int port() {
        return server == null ? 0 : server.port();
    }

    /** What the devices are to do. */
    Wishes wishes() {
        return wishes;
    }

    /** The station's database. */
    StationDatabase database() {
        return database;
    }

    /** Stops: the port is free, everything is on the disk and every thread has ended when this returns. */
    @Override
    public void close() throws Exception {
        connected.close();
        timer.shutdownNow();
        timer.awaitTermination(10, TimeUnit.SECONDS);
        synchronized (this) {
            if (server != null) {
                server.close();
                server = null;
            }
        }
        saveUnsaved();
        database.close();
        journal.app(Level.INFO, "Stopped");
    }

    private void saveUnsaved() {
        gates.saveUnsaved();
        wishes.saveUnsaved();
    }

    private void changed(Collection<Gate> gates) {
        reporter.changed(gates);
        journal.changed(gates);
    }

    private void open() {
        boolean stored = database.open();
        boolean listening = listen();
        if (!stored || !listening) {
            timer.schedule(guarded(this::open), RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized boolean listen() {
        if (server != null) {
            return true;
        }
        StationServer candidate = new StationServer(settings.host(), settings.port(), handler);
        try {
            candidate.tell(journal::answered);
            candidate.start();
            server = candidate;
            journal.app(Level.INFO, "Listening on port " + candidate.port());
            return true;
        } catch (Exception e) {
            // said once, not every two seconds
            if (!problem.equals(e.toString())) {
                problem = e.toString();
                LOG.error("Port {} can't be opened, trying again: {}", settings.port(), e.getMessage());
                journal.app(Level.ERROR, "Port " + settings.port() + " can't be opened, trying again: " + e);
            }
            return false;
        }
    }

    private void every(Duration period, Runnable task) {
        timer.scheduleWithFixedDelay(guarded(task), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A timer ends at the first exception that leaves its task. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("A task of the station failed", e);
            }
        };
    }
}
