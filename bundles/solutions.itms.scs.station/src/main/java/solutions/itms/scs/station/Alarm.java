package solutions.itms.scs.station;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody should look at.
 *
 * @param id of its kind and subject
 * @param subject the device or source; empty when it is the station itself
 * @param text what is wrong, in words
 * @param since when it was raised
 * @param last when it was seen last
 * @param count how often it was seen
 * @param passing whether it goes away by itself when it is not seen for a while
 * @param acknowledgedBy who has taken notice of it; null = nobody
 */
record Alarm(
        String id,
        AlarmKind kind,
        String subject,
        String text,
        Instant since,
        Instant last,
        long count,
        boolean passing,
        @Nullable String acknowledgedBy) {

    Alarm again(String newText, Instant now) {
        return new Alarm(id, kind, subject, newText, since, now, count + 1, passing, acknowledgedBy);
    }

    Alarm acknowledged(String who) {
        return new Alarm(id, kind, subject, text, since, last, count, passing, who);
    }
}
