package solutions.itms.scs.station;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.station.config.ConfigOutcome;
import solutions.itms.scs.station.config.ConfigOutcome.Loaded;
import solutions.itms.scs.station.config.ConfigOutcome.Refused;
import solutions.itms.scs.station.config.ConfigWatch;
import solutions.itms.scs.station.config.PropertiesReader;
import solutions.itms.scs.station.config.StationFile;
import solutions.itms.scs.station.config.StationFileReader;
import solutions.itms.scs.station.log.Level;
import solutions.itms.scs.station.log.LogSettings;

/**
 * Runs the station as {@code config.json} and the component's properties say, and starts it anew when the file changes.
 * A value of the file goes before the property. With a wrong file the station goes on as it was; it does not begin with
 * one.
 */
final class ConfiguredStation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredStation.class);
    private static final String GOES_ON = "The station goes on with the last good configuration";
    private static final Duration LOOK = Duration.ofSeconds(3);
    private static final Duration TICK = Duration.ofSeconds(10);
    private static final Duration SUMMARY = Duration.ofMinutes(1);

    private final Map<String, Object> properties;
    private final Path directory;
    private final Clock clock;
    private final Starter starter;
    private final PropertiesReader propertiesReader;
    private final ConfigWatch watch;
    private final Path file;
    private final ScheduledExecutorService timer;
    private @Nullable StationFile current;
    private @Nullable FileJournal journal;
    private @Nullable Station station;

    /** Starts a station. */
    @FunctionalInterface
    interface Starter {
        /**
         * @param options the component's properties, with the values of the file in the place of those it goes before
         * @param file the configuration
         */
        Station start(Options options, StationFile file, Journal journal);
    }

    /**
     * @param properties the component's
     * @param directory of the databases, where paths that are not configured lead to
     */
    ConfiguredStation(Map<String, Object> properties, Path directory, Clock clock, Starter starter) {
        this.properties = Map.copyOf(properties);
        this.directory = directory.toAbsolutePath();
        this.clock = clock;
        this.starter = starter;
        StationFileReader reader = new StationFileReader(new StationDeviceRules());
        this.propertiesReader = new PropertiesReader(reader);
        this.file = file(new Options(properties));
        Map<String, Object> byKeys = PropertiesReader.byFileKeys(properties);
        Path folder = file.getParent() == null ? this.directory : file.getParent();
        this.watch = new ConfigWatch(file, content -> reader.read(content, folder, byKeys), this::apply);
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "scs-station-config");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins. */
    void start() {
        apply(watch.read());
        every(LOOK, watch::check);
        every(TICK, this::tick);
        every(SUMMARY, this::summarise);
    }

    /** Looks for a change of the file now. */
    void check() {
        watch.check();
    }

    /** The station; null while there is no configuration to run it with. */
    synchronized @Nullable Station station() {
        return station;
    }

    /** Where the catalogues of the gates are; empty while there is no configuration. */
    synchronized Optional<Path> communicationFolder() {
        return current == null ? Optional.empty() : Optional.of(current.deviceCommunicationPath());
    }

    /** Its log; null while there is no configuration. */
    synchronized @Nullable FileJournal journal() {
        return journal;
    }

    @Override
    public void close() throws Exception {
        timer.shutdownNow();
        timer.awaitTermination(10, TimeUnit.SECONDS);
        synchronized (this) {
            stop();
            if (journal != null) {
                journal.close();
                journal = null;
            }
        }
    }

    private synchronized void apply(ConfigOutcome outcome) {
        if (outcome instanceof Loaded loaded) {
            use(loaded.file());
            say(Level.INFO, "Configured by " + file);
            loaded.defaults().forEach(line -> say(Level.INFO, line));
            loaded.warnings().forEach(line -> say(Level.WARN, line));
        } else if (outcome instanceof Refused refused) {
            refused.problems().forEach(problem -> say(Level.ERROR, file + ": " + problem));
            say(Level.ERROR, station == null ? "The station does not start with a wrong " + file : GOES_ON);
        } else if (station == null) {
            Options options = new Options(properties);
            StationFile read = propertiesReader.read(options, directory);
            use(read);
            options.problems().forEach(line -> say(Level.WARN, line));
            StationFileReader.warnings(read).forEach(line -> say(Level.WARN, line));
        } else {
            say(Level.WARN, file + " is gone. " + GOES_ON);
        }
    }

    private void use(StationFile next) {
        StationFile before = current;
        FileJournal notes = journal;
        current = next;
        LogSettings settings = logSettings(next);
        if (before != null && notes != null && station != null && isSameButForLogs(before, next)) {
            notes.configure(settings);
            return;
        }
        stop();
        if (notes != null && !notes.root().equals(next.logsPath())) {
            notes.close();
            notes = null;
        }
        if (notes == null) {
            notes = new FileJournal(next.logsPath(), settings, clock);
        }
        notes.configure(settings);
        journal = notes;
        checkFolder(next.deviceCommunicationPath());
        Map<String, Object> effective = new HashMap<>(properties);
        effective.put("port", next.heartbeatPort());
        effective.put("stationIp", next.stationIp());
        effective.put("time.tz", next.tz() == null ? "" : next.tz().getId());
        station = starter.start(new Options(effective), next, notes);
    }

    /** What the log alone has to know needs no gap in the service. */
    private static boolean isSameButForLogs(StationFile before, StationFile next) {
        StationFile adapted = new StationFile(
                next.databasePath(),
                next.logsPath(),
                before.logLevel(),
                before.logsRetentionDays(),
                next.environment(),
                next.fullScreen(),
                next.deviceCommunicationPath(),
                next.stationIp(),
                next.stationName(),
                next.stationId(),
                next.heartbeatPort(),
                next.deviceProbePort(),
                next.tz(),
                next.devices());
        return adapted.equals(before);
    }

    private LogSettings logSettings(StationFile next) {
        long megabytes = new Options(properties).number("logs.max.size", 10, 1_000_000, 1024);
        return new LogSettings(
                next.zone(), next.stationId(), next.logLevel(), next.logsRetentionDays(), megabytes * 1024 * 1024);
    }

    private void checkFolder(Path folder) {
        try {
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                say(Level.WARN, "deviceCommunicationPath " + folder + " can't be written");
            }
        } catch (IOException e) {
            say(Level.WARN, "deviceCommunicationPath " + folder + " can't be made: " + e);
        }
    }

    private void stop() {
        Station running = station;
        station = null;
        if (running != null) {
            try {
                running.close();
            } catch (Exception e) {
                LOG.error("The station did not stop cleanly", e);
            }
        }
    }

    private void tick() {
        FileJournal notes = journal();
        if (notes != null) {
            notes.tick();
        }
    }

    private void summarise() {
        FileJournal notes = journal();
        if (notes != null) {
            notes.summarise();
        }
    }

    private void say(Level level, String text) {
        if (journal != null) {
            journal.app(level, text);
        }
        // the platform's log is for people who must act
        if (level == Level.ERROR) {
            LOG.error("{}", text);
        } else if (level == Level.WARN) {
            LOG.warn("{}", text);
        }
    }

    private Path file(Options options) {
        String text = options.text("config.file", "");
        try {
            return directory.resolve(text.isEmpty() ? "config.json" : text).normalize();
        } catch (InvalidPathException e) {
            LOG.error("config.file is no path on this system: {}", e.getReason());
            return directory.resolve("config.json");
        }
    }

    private void every(Duration period, Runnable task) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("A task of the station's configuration failed", e);
            }
        };
        timer.scheduleWithFixedDelay(guarded, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }
}
