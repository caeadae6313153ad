package solutions.itms.scs.media.clip;

import java.time.Duration;

/** Looks at live streams. Thread-safe: each look runs on the thread that asks for it. */
public final class StreamMeter {
    /**
     * Watches a stream for a time.
     *
     * @param time from the first picture on
     * @throws MediaException when there is no stream
     */
    public StreamFigures measure(ClipSource source, Duration time) throws MediaException, InterruptedException {
        throw new MediaException(MediaException.Kind.UNSUPPORTED, "not yet", null);
    }
}
