package solutions.itms.scs.cloud.mqtt.outbox;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers of messages, and the ids that publishers are given. A number has the number of the file's openings above its
 * own, so that none is used twice in a file; another file has another prefix. Thread-safe.
 */
final class Ids {
    private static final int RUN_SHIFT = 32;

    private final AtomicLong numbers = new AtomicLong();

    /** For messages that were accepted before the file could be opened: they belong to this run alone. */
    private final String runPrefix =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

    private volatile String filePrefix = runPrefix;

    void opened(QueueFile.Start start) {
        filePrefix = start.prefix();
        numbers.accumulateAndGet(start.starts() << RUN_SHIFT, Math::max);
    }

    /** How often the file was opened, as far as is known here. */
    long starts() {
        return numbers.get() >>> RUN_SHIFT;
    }

    long next() {
        return numbers.incrementAndGet();
    }

    String id(long key, String source) {
        long number = Keys.numberOf(key);
        String prefix = number >>> RUN_SHIFT == 0 ? runPrefix : filePrefix;
        return prefix + "-" + number + (source.isEmpty() ? "" : "@" + source);
    }
}
