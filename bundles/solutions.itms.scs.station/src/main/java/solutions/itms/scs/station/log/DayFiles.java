package solutions.itms.scs.station.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Puts lines into the files of the station's day, and finishes the files when the day ends or one grows too large. Used
 * by the writer's thread; only {@link #today} is for others.
 */
final class DayFiles {
    private static final int MAX_OPEN = 64;

    private final Directory directory;
    private final OpenFiles open;
    private final Lock finishing;
    private volatile @Nullable LocalDate today;
    private boolean begun;

    /** @param finishing held while finished files are moved or changed */
    DayFiles(Directory directory, Lock finishing) {
        this.directory = directory;
        this.finishing = finishing;
        this.open = new OpenFiles(directory, MAX_OPEN);
    }

    /** The day whose files are written; null before the first. */
    @Nullable
    LocalDate today() {
        return today;
    }

    /** Begins a day, unless it has begun: closes the files of the one before, and gives the devices' a date. */
    void begin(LocalDate day) throws IOException {
        if (begun && day.equals(today)) {
            return;
        }
        finishing.lock();
        try {
            open.closeAll();
            // lines go to the new day even when the old one can't be finished now, which is then tried again
            today = day;
            begun = false;
            for (Directory.Found found : directory.all()) {
                if (found.named().day() == null) {
                    finishOlder(found.path(), day);
                }
            }
            begun = true;
        } finally {
            finishing.unlock();
        }
    }

    /** @param maxBytes size beyond which the file is finished before its day ends */
    void append(Folder folder, String name, byte[] lines, long maxBytes) throws IOException {
        LocalDate day = today;
        if (day == null) {
            throw new IllegalStateException("no day has begun");
        }
        Path file = directory.path(folder, folder.current(name, day));
        if (open.append(file, lines) > maxBytes) {
            finishing.lock();
            try {
                open.close(file);
                finish(file, folder.finished(String.valueOf(file.getFileName()), day));
            } finally {
                finishing.unlock();
            }
        }
    }

    void close() {
        open.closeAll();
    }

    /** Gives a device's file of an earlier day its date; after a step back of the clock the file goes on. */
    private static void finishOlder(Path file, LocalDate day) throws IOException {
        LocalDate first = firstDay(file);
        if (first == null || first.isBefore(day)) {
            LocalDate named = first == null ? day.minusDays(1) : first;
            finish(file, Folder.DEVICES.finished(String.valueOf(file.getFileName()), named));
        }
    }

    private static void finish(Path file, String name) throws IOException {
        Path finished = file.resolveSibling(name);
        if (!Files.exists(finished)) {
            Files.move(file, finished);
            return;
        }
        try (OutputStream out = Files.newOutputStream(finished, StandardOpenOption.APPEND)) {
            Files.copy(file, out);
        }
        Files.delete(file);
    }

    /** The date on a file's first line; null when there is none. */
    private static @Nullable LocalDate firstDay(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return LocalDate.parse(new String(in.readNBytes(10), StandardCharsets.US_ASCII));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
