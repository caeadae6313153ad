package solutions.itms.scs.station.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The station's own log: {@code app/} and {@code http/} with a file a day, {@code devices/} with a file for each device.
 * Whoever logs hands over and goes on; a thread of the log's writes. The owner calls {@link #tick} again and again, for
 * midnight comes also when nothing is logged. Thread-safe.
 */
public final class LogFiles implements AutoCloseable {
    private static final int MAX_WAITING_ENTRIES = 20_000;
    private static final int MAX_WAITING_CHARS = 4 * 1024 * 1024;
    private static final long FLUSH_MILLIS = 5_000;

    private final Clock clock;
    private final LogAlarm alarm;
    private final LogQueue queue = new LogQueue(MAX_WAITING_ENTRIES, MAX_WAITING_CHARS);
    private final Lock finishing = new ReentrantLock();
    private final DayFiles files;
    private final Housekeeping housekeeping;
    private final LogReader reader;
    private final LogWriter writer;
    private final Thread thread;
    private volatile Running running;
    private boolean complaining;

    /**
     * Begins to write; the folder is made with the first line.
     *
     * @param root folder of the log
     * @param alarm is told when writing fails
     */
    public LogFiles(Path root, LogSettings settings, Clock clock, LogAlarm alarm) {
        Directory directory = new Directory(root);
        this.clock = clock;
        this.alarm = alarm;
        this.running = Running.with(settings);
        this.files = new DayFiles(directory, finishing);
        this.housekeeping = new Housekeeping(directory, finishing);
        this.reader = new LogReader(directory, this::localDate);
        this.writer = new LogWriter(queue, files, clock, () -> running, alarm);
        this.thread = new Thread(writer, "scs-station-log");
        thread.setDaemon(true);
        thread.start();
    }

    /** Logs what the station does. */
    public void app(Level level, String text) {
        log(Folder.APP, "", level, text);
    }

    /** Logs a request. */
    public void http(Level level, String text) {
        log(Folder.HTTP, "", level, text);
    }

    /** Logs what concerns one device. */
    public void device(String deviceId, Level level, String text) {
        log(Folder.DEVICES, deviceId, level, text);
    }

    /** Whether lines of that level are written; saves making texts that nobody gets to see. */
    public boolean writes(Level level) {
        return level.passes(running.settings.level());
    }

    /** Changes level, zone, station and limits at once. */
    public void configure(LogSettings settings) {
        running = Running.with(settings);
    }

    /** Ends the day when it is over, compresses, and removes; to be called every minute or so, not by a request. */
    public synchronized void tick() {
        writer.lookAround();
        flush();
        LocalDate today = files.today();
        if (today == null) {
            return;
        }
        String problem = "";
        try {
            long over = housekeeping.run(today, running.settings);
            problem = over > 0 ? "The logs of today alone take " + over + " bytes more than all may take" : "";
        } catch (IOException | RuntimeException e) {
            problem = "Old logs can't be tidied up: " + e;
        }
        complain(problem);
    }

    /** What counts now. */
    public LogSettings settings() {
        return running.settings;
    }

    /** Waits until what was logged before is written, but not for ever; false when it was not. */
    public boolean flush() {
        return queue.await(FLUSH_MILLIS);
    }

    /** How many lines were dropped because too many came at once. */
    public long dropped() {
        return queue.dropped();
    }

    /** Shows the files. */
    public LogReader reader() {
        return reader;
    }

    /** Writes what waits, and ends the thread. */
    @Override
    public void close() {
        queue.close();
        try {
            thread.join(FLUSH_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // a disk that hangs must not keep the station from stopping
        thread.interrupt();
    }

    private void log(Folder folder, String name, Level level, String text) {
        if (writes(level)) {
            queue.offer(new Entry(clock.instant(), level, folder, name, LineFormat.head(text)));
        }
    }

    private void complain(String problem) {
        if (problem.isEmpty() == complaining) {
            complaining = !complaining;
            if (complaining) {
                alarm.raised(problem);
            } else {
                alarm.cleared("Logs are tidied up again");
            }
        }
    }

    private LocalDate localDate() {
        return clock.instant().atZone(running.settings.zone()).toLocalDate();
    }

    /** Settings and the format that follows from them. */
    record Running(LogSettings settings, LineFormat format) {
        static Running with(LogSettings settings) {
            return new Running(settings, new LineFormat(settings.zone(), settings.stationId()));
        }
    }
}
