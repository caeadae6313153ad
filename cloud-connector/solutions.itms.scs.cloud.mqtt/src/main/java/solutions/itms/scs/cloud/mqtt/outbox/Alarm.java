package solutions.itms.scs.cloud.mqtt.outbox;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.store.StoreException;

/** What is wrong with the storage of an outbox, said once in the log and for as long as it lasts in the status. */
final class Alarm {
    private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);

    private final String name;
    private volatile String trouble = "";
    private volatile String aside = "";

    Alarm(String name) {
        this.name = name;
    }

    void raise(IOException e) {
        String words = words(e);
        if (!words.equals(trouble)) {
            trouble = words;
            LOG.error("The queue {}: {}; new messages are kept in memory", name, words);
        }
    }

    void clear() {
        if (!trouble.isEmpty()) {
            trouble = "";
            LOG.info("The queue {} is on the disk again", name);
        }
    }

    boolean isRaised() {
        return !trouble.isEmpty();
    }

    /** A damaged file was replaced; stays in the status until the next start. */
    void setAside(Path file) {
        aside = "the queue was damaged; it is kept as " + file + " and a new one was begun";
    }

    /** Said for the first, the second, the fourth, the eighth … */
    void dropped(long count) {
        if (Long.bitCount(count) == 1) {
            LOG.warn(
                    "The queue {} has dropped {} messages for want of room, or because they were too old", name, count);
        }
    }

    /** @param inMemory messages that are in memory alone */
    String words(int inMemory) {
        String kept = inMemory == 0 ? "" : "; " + inMemory + " messages are in memory alone";
        String now = trouble.isEmpty() ? "" : trouble + kept;
        return now.isEmpty() || aside.isEmpty() ? now + aside : now + "; " + aside;
    }

    private static String words(IOException e) {
        if (e instanceof StoreException store) {
            return switch (store.kind()) {
                case DISK_FULL -> "the disk is full";
                case READ_ONLY -> "the disk can't be written";
                case CORRUPT -> "the file is damaged";
                case TOO_NEW -> String.valueOf(e.getMessage());
                default -> "the disk reports an error: " + e.getMessage();
            };
        }
        return String.valueOf(e.getMessage());
    }
}
