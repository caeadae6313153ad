package solutions.itms.scs.station;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.gate.GateAddress;
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
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration RETRY = Duration.ofSeconds(2);
    /** What is left to write when heartbeats are not: when gates asked, and all that a damaged file has lost. */
    private static final Duration UNSAVED_CHECK = Duration.ofSeconds(1);

    private final Settings settings;
    private final Predicate<InetAddress> ours;
    private final Alarms alarms;
    private final StationDatabase database;
    private final ClockWatch clockWatch;
    private final Retention retention;
    private final GateWriter writer;
    private final Gates gates;
    private final Wishes wishes;
    private final ControlDesk desk;
    private final StationCommands commands;
    private final CloudReporter reporter;
    private final Journal journal;
    private final int probePort;
    private final SilenceAlarms silence;
    private final ConnectionWatch connections;
    private final StationHandler handler;
    private final Screen screen;
    private final Timers timers = new Timers("scs-station-timer");
    /** What may wait for an answer has a thread of its own. */
    private final Timers slowTimers = new Timers("scs-station-clock");

    private final AutoCloseable connected;
    private @Nullable StationServer server;
    private String problem = "";

    Station(Settings settings, Stores stores, Telemetry telemetry, Surroundings surroundings) {
        this(settings, stores, telemetry, surroundings, Journal.NONE, StationProfile.NONE);
    }

    Station(
            Settings settings,
            Stores stores,
            Telemetry telemetry,
            Surroundings surroundings,
            Journal journal,
            StationProfile profile) {
        Clock clock = surroundings.clock();
        Ticker ticker = surroundings.ticker();
        AccessSettings access = settings.access();
        StatusSettings status = settings.status();
        this.settings = settings;
        this.ours = surroundings.ours();
        this.journal = journal;
        this.probePort = profile.probePort();
        this.alarms = new Alarms(telemetry, clock, ticker, access.alarmWindow(), journal);
        this.reporter = new CloudReporter(telemetry, clock);
        this.silence = new SilenceAlarms(alarms);
        Path file = settings.database();
        this.database = new StationDatabase(
                stores, file == null ? stores.directory().resolve(StationDatabase.STANDARD_NAME) : file, alarms);
        this.clockWatch =
                new ClockWatch(surroundings.reference(), settings.time().maxDrift(), alarms);
        this.retention = new Retention(database, status, clockWatch, clock, ticker);
        this.writer = new GateWriter(database, changed -> {
            reporter.changed(changed);
            silence.changed(changed);
            journal.changed(changed);
        });
        GateIntake intake = new GateIntake(
                writer,
                new GateChecks(
                        alarms, new StationIds(profile.id(), journal), status.clockSkew(), settings.staleAfter()),
                ticker,
                new GateIntake.Rules(
                        settings.staleAfter(),
                        status.returnBeats(),
                        !settings.writeBehind().isZero()));
        this.gates = new Gates(database, writer, intake, alarms, settings.devices(), surroundings);
        this.wishes = new Wishes(database, clock);
        this.desk = new ControlDesk(wishes, access.pin(), alarms, ticker);
        this.commands = new StationCommands(settings.commands(), settings.groups(), gates, wishes, alarms, journal);
        database.add(gates);
        database.add(wishes);
        Access gatekeeper = new Access(access, settings.devices(), alarms, journal, surroundings);
        this.connections = new ConnectionWatch(
                gatekeeper,
                new Crowd(settings.maxConnections(), settings.maxPerSource(), gates::isSource),
                alarms,
                ticker);
        Router router = new Router();
        new HeartbeatRoutes(new HeartbeatReader(status.keepUnknown()), gates, wishes).addTo(router);
        new ControlRoutes(gatekeeper, alarms, access.knownDevicesOnly(), gates, wishes).addTo(router);
        new TimeRoutes(clock, settings.zone()).addTo(router);
        this.screen = new Screen(
                new Screen.Parts(
                        profile,
                        settings,
                        gates,
                        wishes,
                        alarms,
                        clockWatch,
                        desk,
                        database,
                        gatekeeper,
                        journal,
                        ours),
                clock,
                ticker);
        screen.addTo(router);
        this.handler = new StationHandler(router, gatekeeper, gates);
        this.connected = telemetry.onConnected(() -> {
            reporter.changed(gates.all());
            reporter.neverHeard(gates.neverHeard());
        });
    }

    /** Begins; returns at once. */
    void start() {
        settings.problems().forEach(text -> {
            LOG.warn("Configuration of the station: {}", text);
            journal.app(Level.WARN, text);
        });
        timers.every(SILENCE_CHECK, gates::findSilent);
        timers.every(SWEEP, this::sweep);
        timers.every(settings.beatsEvery(), () -> reporter.summarise(gates.all()));
        timers.every(settings.writeBehind().isZero() ? UNSAVED_CHECK : settings.writeBehind(), this::saveUnsaved);
        timers.every(MINUTE, database::findSetAside);
        timers.after(MINUTE, retention);
        timers.every(HOUR, retention);
        slowTimers.after(Duration.ZERO, clockWatch);
        slowTimers.every(settings.time().every(), clockWatch);
        timers.after(settings.staleAfter(), () -> silence.neverHeard(gates.neverHeard()));
        timers.after(Duration.ZERO, this::open);
        screen.start();
    }

    /** The port that is listened on; 0 while there is none. */
    synchronized int port() {
        return server == null ? 0 : server.port();
    }

    /** What the devices are to do. */
    Wishes wishes() {
        return wishes;
    }

    /** Where people and commands control devices. */
    ControlDesk desk() {
        return desk;
    }

    /** What the cloud may have the station do. */
    StationCommands commands() {
        return commands;
    }

    /** How well the station's own clock is. */
    ClockWatch.State clockState() {
        return clockWatch.state();
    }

    /** All devices, planned or heard. */
    Gates gates() {
        return gates;
    }

    /** Where planned gates are reached. What others say of their address is no reason to connect to it. */
    List<GateAddress> addresses() {
        return settings.devices().stream()
                .sorted(Comparator.comparing(PlannedDevice::id))
                .map(device -> new GateAddress(device.id(), device.ip(), probePort))
                .toList();
    }

    /** Effective status of a gate; empty for one that has never been heard of. */
    Optional<String> status(String gateId) {
        return gates.status(gateId).map(Status::text);
    }

    /** Who is connected. */
    ConnectionWatch connections() {
        return connections;
    }

    /** The station's database. */
    StationDatabase database() {
        return database;
    }

    /** What somebody should look at. */
    Alarms alarms() {
        return alarms;
    }

    /** Stops: the port is free, everything is on the disk and every thread has ended when this returns. */
    @Override
    public void close() throws Exception {
        connected.close();
        slowTimers.close();
        timers.close();
        screen.close();
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

    private void sweep() {
        connections.sweep();
        alarms.sweep();
    }

    private void saveUnsaved() {
        writer.saveUnsaved();
        wishes.saveUnsaved();
    }

    private void open() {
        boolean wasOpen = database.isOpen();
        boolean stored = database.open();
        if (stored && !wasOpen) {
            silence.changed(gates.all());
        }
        boolean listening = listen();
        if (!stored || !listening) {
            timers.after(RETRY, this::open);
        }
    }

    private synchronized boolean listen() {
        if (server != null) {
            return true;
        }
        try {
            Listening where = Listening.at(settings.bind(), settings.access().stationHost(), ours);
            StationServer candidate = new StationServer(settings, where.addresses(), handler, connections);
            candidate.tell(journal::answered);
            candidate.start();
            server = candidate;
            journal.app(
                    Level.INFO,
                    "Listening on port " + candidate.port()
                            + (where.addresses().isEmpty() ? "" : " of " + String.join(" and ", where.addresses())));
            if (where.warning() != null) {
                LOG.warn("{}", where.warning());
                journal.app(Level.WARN, where.warning());
            }
            return true;
        } catch (Exception e) {
            // said once, not every two seconds
            String text = "Port " + settings.port() + " can't be opened, trying again: " + e.getMessage()
                    + (e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")");
            if (!problem.equals(text)) {
                problem = text;
                LOG.error("{}", text);
                journal.app(Level.ERROR, text);
            }
            return false;
        }
    }
}
