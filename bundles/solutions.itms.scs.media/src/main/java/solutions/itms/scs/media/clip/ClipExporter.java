package solutions.itms.scs.media.clip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.media.mp4.Mp4Writer;

/** Makes files out of recordings. Thread-safe: each export runs on the thread that asks for it. */
public final class ClipExporter {
    /**
     * Fetches a part of a recording into an MP4 file, and returns when the file is whole. It is not flushed to the disk:
     * whoever keeps it does that. A clip of which a part is missing is a result, too: see {@link Clip#complete()}.
     *
     * @param file is replaced; removed again when there is nothing in it
     * @throws MediaException when there is no clip, it was called off, or the disk is full; some with the part there is
     * @throws InterruptedException when the thread is interrupted; the file is removed
     */
    public Clip run(ClipOrder order, Path file, ClipWatcher watcher) throws MediaException, InterruptedException {
        boolean keep = false;
        try (Mp4Writer writer = new Mp4Writer(file, Mp4Writer.reserveFor(seconds(order)))) {
            ClipRun run = new ClipRun(order, watcher, writer);
            Outcome outcome = run.fetch();
            Clip clip = clip(order, run, outcome, writer);
            keep = clip != null;
            if (outcome.reason() == Outcome.Reason.CANCELLED) {
                throw new MediaException(MediaException.Kind.CANCELLED, "the export was called off", clip);
            }
            if (clip == null) {
                throw nothing(run, order);
            }
            return clip;
        } catch (IOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof java.nio.channels.ClosedByInterruptException) {
                throw new InterruptedException();
            }
            throw new MediaException(
                    MediaException.Kind.DISK, "the file can't be written: " + cause.getMessage(), null);
        } finally {
            if (!keep) {
                remove(file);
            }
        }
    }

    private static long seconds(ClipOrder order) {
        return Duration.between(order.from(), order.to()).toSeconds() + 10;
    }

    @Nullable
    private static Clip clip(ClipOrder order, ClipRun run, Outcome outcome, Mp4Writer writer) throws IOException {
        int track = run.videoTrack();
        if (track < 0 || writer.count(track) == 0) {
            return null;
        }
        Report report = new Report(order, run, outcome, writer);
        return report.shows() ? report.write() : null;
    }

    private static MediaException nothing(ClipRun run, ClipOrder order) {
        String seen = run.seen();
        return new MediaException(
                MediaException.Kind.NOTHING_THERE,
                "the recorder has no pictures from " + order.from() + " to " + order.to() + seen,
                null);
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // whoever named the file clears its folder, too
        }
    }
}
