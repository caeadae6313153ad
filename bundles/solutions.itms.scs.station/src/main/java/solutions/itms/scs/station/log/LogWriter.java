package solutions.itms.scs.station.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import solutions.itms.scs.station.log.LogFiles.Running;

/**
 * The thread that writes. A disk that can't be written costs lines, which are counted, and raises one alarm; writing is
 * tried again with every line.
 */
final class LogWriter implements Runnable {
    private final LogQueue queue;
    private final DayFiles files;
    private final Clock clock;
    private final Supplier<Running> settings;
    private final LogAlarm alarm;
    private boolean failing;
    private long lost;
    private long lostAtLook;
    private long writtenSinceLook;
    private long droppedAtLook;
    private volatile boolean look;

    LogWriter(LogQueue queue, DayFiles files, Clock clock, Supplier<Running> settings, LogAlarm alarm) {
        this.queue = queue;
        this.files = files;
        this.clock = clock;
        this.settings = settings;
        this.alarm = alarm;
    }

    /** Lets the writer see whether the day ended and whether lines were lost, though nothing is logged. */
    void lookAround() {
        look = true;
        queue.wake();
    }

    @Override
    public void run() {
        try {
            List<Entry> entries = queue.take();
            while (entries != null) {
                write(entries);
                if (look) {
                    look = false;
                    report();
                }
                entries = queue.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            files.close();
        }
    }

    private void write(List<Entry> entries) {
        Running now = settings.get();
        beginDay(now);
        Map<Target, Lines> grouped = new LinkedHashMap<>();
        for (Entry entry : entries) {
            byte[] line =
                    now.format().line(entry.at(), entry.level(), entry.text()).getBytes(StandardCharsets.UTF_8);
            grouped.computeIfAbsent(new Target(entry.folder(), entry.name()), t -> new Lines())
                    .add(line);
        }
        grouped.forEach((target, lines) -> append(target, lines, now));
    }

    private void beginDay(Running now) {
        try {
            files.begin(clock.instant().atZone(now.settings().zone()).toLocalDate());
        } catch (IOException | RuntimeException e) {
            failed(0, e);
        }
    }

    private void append(Target target, Lines lines, Running now) {
        try {
            // an eighth: compressed parts and the files of other days need room beside it
            long maxBytes = now.settings().maxBytes() / 8;
            files.append(target.folder, target.name, lines.bytes.toByteArray(), maxBytes);
            writtenSinceLook += lines.count;
        } catch (IOException | RuntimeException e) {
            failed(lines.count, e);
        }
    }

    private void failed(int count, Exception cause) {
        lost += count;
        if (!failing) {
            failing = true;
            alarm.raised("Logs can't be written, lines are lost: " + cause);
        }
    }

    /** At most one alarm per look: one file that can't be written beside others that can must not make it flutter. */
    private void report() {
        if (failing && lost == lostAtLook) {
            String text = "Logs are written again; " + lost + " lines were lost";
            boolean said = say(Level.WARN, text);
            if (said || writtenSinceLook > 0) {
                failing = false;
                lost = 0;
                alarm.cleared(text);
            }
        }
        long dropped = queue.dropped();
        if (dropped > droppedAtLook
                && say(Level.WARN, (dropped - droppedAtLook) + " lines were dropped: too many at once")) {
            droppedAtLook = dropped;
        }
        lostAtLook = lost;
        writtenSinceLook = 0;
    }

    /** Writes a line of the log's own; whether that worked. */
    private boolean say(Level level, String text) {
        Running now = settings.get();
        if (!level.passes(now.settings().level())) {
            return true;
        }
        Instant at = clock.instant();
        try {
            byte[] line = now.format().line(at, level, text).getBytes(StandardCharsets.UTF_8);
            files.append(Folder.APP, "", line, Long.MAX_VALUE);
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private record Target(Folder folder, String name) {}

    private static final class Lines {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int count;

        void add(byte[] line) {
            bytes.writeBytes(line);
            count++;
        }
    }
}
