package solutions.itms.scs.station;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.station.log.Level;

/**
 * The alarms of the station, one for each kind and subject. Raised and cleared ones are logged and sent to the cloud,
 * repetitions are counted. Thread-safe.
 */
final class Alarms {
    static final int MAX_ALARMS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

    private final ConcurrentHashMap<Key, Alarm> active = new ConcurrentHashMap<>();
    private final Telemetry telemetry;
    private final Clock clock;
    private final Ticker ticker;
    private final Duration window;
    private final Journal journal;
    private final ConcurrentHashMap<Key, Long> seenNanos = new ConcurrentHashMap<>();

    /** @param window how long a passing alarm outlives what it tells of */
    Alarms(Telemetry telemetry, Clock clock, Ticker ticker, Duration window, Journal journal) {
        this.telemetry = telemetry;
        this.clock = clock;
        this.ticker = ticker;
        this.window = window;
        this.journal = journal;
    }

    private record Key(AlarmKind kind, String subject) {}

    /** Something is wrong until {@link #clear} says otherwise. */
    void raise(AlarmKind kind, String subject, String text) {
        see(new Key(kind, subject), text, false);
    }

    /** Something has happened; the alarm goes away when it does not happen again for a while. */
    void note(AlarmKind kind, String subject, String text) {
        Key key = new Key(kind, subject);
        seenNanos.put(see(key, text, true), ticker.nanos());
    }

    /** It is right again. Does nothing when it was. */
    void clear(AlarmKind kind, String subject) {
        Key key = new Key(kind, subject);
        if (active.containsKey(key)) {
            end(key);
        }
    }

    boolean isRaised(AlarmKind kind, String subject) {
        return active.containsKey(new Key(kind, subject));
    }

    /** Takes notice of an alarm, which stays until it is over; false when there is none with this id. */
    boolean acknowledge(String id, String who) {
        for (Map.Entry<Key, Alarm> entry : active.entrySet()) {
            if (entry.getValue().id().equals(id)) {
                journal.app(Level.INFO, "Alarm " + id + " is acknowledged by " + who);
                return active.computeIfPresent(entry.getKey(), (key, alarm) -> alarm.acknowledged(who)) != null;
            }
        }
        return false;
    }

    /** All alarms, oldest first. */
    List<Alarm> all() {
        return active.values().stream()
                .sorted(Comparator.comparing(Alarm::since).thenComparing(Alarm::id))
                .toList();
    }

    /** Ends the passing ones that have passed. */
    void sweep() {
        long now = ticker.nanos();
        seenNanos.forEach((key, seen) -> {
            if (now - seen > window.toNanos()) {
                end(key);
            }
        });
    }

    private Key see(Key key, String text, boolean passing) {
        Instant now = clock.instant();
        if (active.computeIfPresent(key, (k, alarm) -> alarm.again(text, now)) != null) {
            return key;
        }
        if (active.size() >= MAX_ALARMS && key.kind != AlarmKind.MORE) {
            return see(new Key(AlarmKind.MORE, ""), "more than " + MAX_ALARMS + " alarms; the last: " + text, passing);
        }
        begin(key, new Alarm(id(key), key.kind, key.subject, text, now, now, 1, passing, null));
        return key;
    }

    /** The same for the same thing, after a restart, too: what was raised before it can be cleared after it. */
    private static String id(Key key) {
        return key.subject.isEmpty() ? key.kind.text() : key.kind.text() + "/" + key.subject;
    }

    // raising and clearing wait for each other, so that the messages come in the order of the changes
    private synchronized void begin(Key key, Alarm alarm) {
        if (active.putIfAbsent(key, alarm) == null) {
            LOG.warn("Alarm {}: {}", alarm.id(), alarm.text());
            journal.app(Level.WARN, "Alarm " + alarm.id() + ": " + alarm.text());
            send(alarm, "raised");
        }
    }

    private synchronized void end(Key key) {
        seenNanos.remove(key);
        Alarm ended = active.remove(key);
        if (ended != null) {
            LOG.info("Alarm {} is over; it was seen {} times", ended.id(), ended.count());
            journal.app(Level.INFO, "Alarm " + ended.id() + " is over; it was seen " + ended.count() + " times");
            send(ended, "cleared");
        }
    }

    private void send(Alarm alarm, String state) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("id", alarm.id());
        metrics.put("kind", alarm.kind().text());
        if (!alarm.subject().isEmpty()) {
            metrics.put(alarm.kind().isOfDevice() ? "device" : "source", alarm.subject());
        }
        metrics.put("state", state);
        metrics.put("text", alarm.text());
        metrics.put("since", alarm.since().toEpochMilli());
        metrics.put("count", alarm.count());
        telemetry.send("event/alarm", Payload.of(clock.instant(), metrics), Priority.EVENT);
    }
}
