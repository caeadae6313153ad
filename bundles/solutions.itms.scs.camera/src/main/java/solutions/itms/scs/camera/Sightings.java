package solutions.itms.scs.camera;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.onvif.DeviceEvent;
import solutions.itms.scs.onvif.Sighting;

/**
 * What one camera sees, as events of ours: told when it begins and when it ends, by the camera or because it said nothing
 * for too long. Thread-safe.
 */
final class Sightings {
    private static final int MAX_OPEN = 64;
    private static final int PER_MINUTE = 120;

    private final String camera;
    private final Telemetry telemetry;
    private final Clock clock;
    private final Map<String, Open> open = new LinkedHashMap<>();
    private Instant minute = Instant.EPOCH;
    private int sent;
    private long left;
    private long seen;

    private record Open(Sighting sighting, Instant since, Instant last) {}

    Sightings(String camera, Telemetry telemetry, Clock clock) {
        this.camera = camera;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /** Takes events of the camera. @param all whether what has no known meaning is passed on, too */
    synchronized void take(List<DeviceEvent> events, boolean all) {
        for (DeviceEvent event : events) {
            seen++;
            Optional<Sighting> sighting = Sighting.of(event);
            if (sighting.isPresent()) {
                take(sighting.get(), event);
            } else if (all) {
                passOn(event);
            }
        }
    }

    private void take(Sighting sighting, DeviceEvent event) {
        String key = sighting.kind() + "/" + event.topic() + "/" + sighting.source();
        Open before = open.get(key);
        Instant now = clock.instant();
        if (sighting.active()) {
            if (before == null && open.size() < MAX_OPEN) {
                open.put(key, new Open(sighting, now, now));
                tell(sighting, event.topic(), true, event.at());
            } else if (before != null) {
                open.put(key, new Open(sighting, before.since(), now));
            }
        } else if (before != null) {
            open.remove(key);
            tell(sighting, event.topic(), false, event.at());
        }
    }

    /** Ends what nothing was heard of for so long; inputs and relays stay as they are. */
    synchronized void expire(Duration after) {
        Instant limit = clock.instant().minus(after);
        for (Map.Entry<String, Open> each : List.copyOf(open.entrySet())) {
            boolean moment = each.getValue().sighting().kind() == Sighting.Kind.MOTION;
            if (moment && each.getValue().last().isBefore(limit)) {
                open.remove(each.getKey());
                tell(each.getValue().sighting(), each.getKey().split("/", 2)[1], false, null);
            }
        }
    }

    /** Whether something of this kind is there now. */
    synchronized boolean isActive(Sighting.Kind kind) {
        return open.values().stream().anyMatch(each -> each.sighting().kind() == kind);
    }

    /** How many events came. */
    synchronized long seen() {
        return seen;
    }

    /** How many events were not sent, because there were too many. */
    synchronized long left() {
        return left;
    }

    private void tell(Sighting sighting, String topic, boolean active, @Nullable Instant at) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("device", camera);
        metrics.put("active", active);
        metrics.put("rule", sighting.rule());
        metrics.put("topic", topic);
        if (!sighting.source().isEmpty()) {
            metrics.put("source", sighting.source());
        }
        send("camera_" + sighting.kind().name().toLowerCase(Locale.ROOT), metrics, at);
    }

    private void passOn(DeviceEvent event) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("device", camera);
        metrics.put("topic", event.topic());
        if (!event.operation().isEmpty()) {
            metrics.put("operation", event.operation());
        }
        event.source().forEach((name, value) -> metrics.put("source." + name, value));
        event.data().forEach((name, value) -> metrics.put("data." + name, value));
        send("camera_event", metrics, event.at());
    }

    /** Not more than so many a minute: a camera in the rain must not fill the queue. */
    private void send(String name, Map<String, Object> metrics, @Nullable Instant at) {
        Instant now = clock.instant();
        if (Duration.between(minute, now).abs().toSeconds() >= 60) {
            minute = now;
            sent = 0;
        }
        if (++sent > PER_MINUTE) {
            left++;
            return;
        }
        telemetry.send("event/" + name, Payload.of(at == null ? now : at, metrics), Priority.EVENT);
    }
}
