package solutions.itms.scs.station.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.station.config.ConfigOutcome.Loaded;
import solutions.itms.scs.station.config.ConfigOutcome.Missing;
import solutions.itms.scs.station.config.ConfigOutcome.Refused;

/**
 * Looks for changes of {@code config.json}. A good file is told at once; a wrong or missing one only when two looks in
 * a row found the same, for it may be half written, and then once. Whoever listens keeps the last good configuration
 * meanwhile. Thread-safe.
 */
public final class ConfigWatch {
    /** Ten thousand devices fit into less. */
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private final Path file;
    private final Function<byte[], ConfigOutcome> reader;
    private final Consumer<ConfigOutcome> listener;
    private String told = "";
    private String seen = "";

    /**
     * @param file the file; it need not exist
     * @param reader makes a configuration of its content
     * @param listener is told of every change, on the thread that looks
     */
    public ConfigWatch(Path file, Function<byte[], ConfigOutcome> reader, Consumer<ConfigOutcome> listener) {
        this.file = file;
        this.reader = reader;
        this.listener = listener;
    }

    /** Reads the file now; it does not tell the listener, and further looks compare with what was read. */
    public synchronized ConfigOutcome read() {
        Look look = look();
        told = look.mark;
        seen = look.mark;
        return outcome(look);
    }

    /** Begins to look again and again; cancel the result to end it. */
    public ScheduledFuture<?> every(Duration period, ScheduledExecutorService timer) {
        return timer.scheduleWithFixedDelay(this::check, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks once, and tells the listener of a change. */
    public synchronized void check() {
        Look look = look();
        if (look.mark.equals(told)) {
            seen = look.mark;
            return;
        }
        boolean settled = look.mark.equals(seen);
        seen = look.mark;
        ConfigOutcome outcome = outcome(look);
        if (outcome instanceof Loaded || settled) {
            told = look.mark;
            listener.accept(outcome);
        }
    }

    private ConfigOutcome outcome(Look look) {
        if (look.content != null) {
            return reader.apply(look.content);
        }
        return look.problem == null
                ? new Missing()
                : new Refused(List.of(new ConfigProblem("$", "file", look.problem)));
    }

    /**
     * The content is read every time, which costs nothing for a file of this size: time and size alone miss a change
     * within the file system's clock tick, and copies that keep the time.
     */
    private Look look() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return Look.unreadable(file + " is no file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] content = in.readNBytes(MAX_BYTES + 1);
                return content.length > MAX_BYTES
                        ? Look.unreadable(file + " is larger than " + MAX_BYTES + " bytes")
                        : new Look(sha256(content), content, null);
            }
        } catch (NoSuchFileException e) {
            return new Look("missing", null, null);
        } catch (IOException e) {
            return Look.unreadable(file + " can't be read: " + e);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What one look found; the mark differs whenever something else was found. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Look(
            String mark,
            byte @Nullable [] content,
            @Nullable String problem) {
        static Look unreadable(String problem) {
            return new Look(problem, null, problem);
        }
    }
}
