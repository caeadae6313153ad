package solutions.itms.scs.station;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the screen shows, with a revision for each part: whoever has seen one revision is told only what has changed since.
 * Thread-safe.
 */
final class ScreenState {
    /** Of more alarms than anybody reads, the newest are shown. */
    private static final int MAX_ALARMS = 200;

    private static final long RECOUNT_NANOS = Duration.ofSeconds(2).toNanos();

    private final StationProfile profile;
    private final Settings settings;
    private final Gates gates;
    private final Wishes wishes;
    private final Alarms alarms;
    private final ClockWatch clockWatch;
    private final Clock clock;
    private final Ticker ticker;
    private final String version;

    private final TreeMap<String, Seen> devices = new TreeMap<>();
    private List<Alarm> alarmsNow = List.of();
    private long alarmsRevision;
    private long alarmsNanos;
    private ClockWatch.@Nullable State clockNow;
    private long clockRevision;
    private long revision;

    /** @param version of the screen's files */
    ScreenState(
            StationProfile profile,
            Settings settings,
            Gates gates,
            Wishes wishes,
            Alarms alarms,
            ClockWatch clockWatch,
            Clock clock,
            Ticker ticker,
            String version) {
        this.profile = profile;
        this.settings = settings;
        this.gates = gates;
        this.wishes = wishes;
        this.alarms = alarms;
        this.clockWatch = clockWatch;
        this.clock = clock;
        this.ticker = ticker;
        this.version = version;
    }

    /** A device as it was looked at last, as JSON, and when it became so. */
    private record Seen(Device device, Wish wish, String json, long revision) {}

    /** Looks at everything; the newest revision. */
    synchronized long look() {
        long next = revision + 1;
        for (Device device : gates.devices()) {
            Wish wish = wishes.of(device.id());
            Seen seen = devices.get(device.id());
            if (seen == null || !seen.device.equals(device) || !seen.wish.equals(wish)) {
                devices.put(device.id(), new Seen(device, wish, json(device, wish), next));
                revision = next;
            }
        }
        if (alarmsHaveChanged()) {
            alarmsRevision = next;
            revision = next;
        }
        ClockWatch.State newClock = clockWatch.state();
        if (!newClock.equals(clockNow)) {
            clockNow = newClock;
            clockRevision = next;
            revision = next;
        }
        return revision;
    }

    /** That one has come or gone counts at once, that one was seen again only now and then: a stranger sends often. */
    private boolean alarmsHaveChanged() {
        List<Alarm> all = alarms.all();
        List<Alarm> newest = all.subList(Math.max(0, all.size() - MAX_ALARMS), all.size());
        if (newest.equals(alarmsNow)) {
            return false;
        }
        long now = ticker.nanos();
        if (names(newest).equals(names(alarmsNow)) && now - alarmsNanos < RECOUNT_NANOS) {
            return false;
        }
        alarmsNow = List.copyOf(newest);
        alarmsNanos = now;
        return true;
    }

    private static List<String> names(List<Alarm> alarms) {
        return alarms.stream()
                .map(alarm -> alarm.id() + " " + alarm.acknowledgedBy())
                .toList();
    }

    /** Everything, as an object that stands by itself; for a client that may control gates, or may not. */
    synchronized byte[] all(boolean mayControl) {
        return Answers.json(out -> {
            out.writeBooleanField("ok", true);
            writeAll(out, mayControl);
        });
    }

    /** What has changed since that revision; negative = everything. */
    synchronized byte[] since(long before, boolean mayControl) {
        return before < 0 ? all(mayControl) : Answers.json(out -> writeChanges(out, before));
    }

    private void writeAll(JsonGenerator out, boolean mayControl) throws IOException {
        out.writeStringField("screen", version);
        out.writeObjectFieldStart("station");
        out.writeStringField("id", profile.id());
        out.writeStringField("nameEn", profile.nameEn());
        out.writeStringField("nameTh", profile.nameTh());
        out.writeStringField("address", profile.address());
        out.writeStringField("zone", settings.zone().getId());
        out.writeBooleanField("production", profile.production());
        out.writeBooleanField("fullScreen", profile.fullScreen());
        out.writeNumberField("staleSeconds", settings.staleAfter().toSeconds());
        out.writeBooleanField("pinRequired", settings.access().pin() != null);
        out.writeBooleanField("mayControl", mayControl);
        writeGroups(out, settings.groups());
        out.writeEndObject();
        writeChanges(out, -1);
    }

    /** The names of groups, with ids of devices or of gates. */
    private static void writeGroups(JsonGenerator out, DeviceGroups groups) throws IOException {
        out.writeObjectFieldStart("groups");
        for (Map.Entry<String, Set<String>> group : groups.members().entrySet()) {
            out.writeArrayFieldStart(group.getKey());
            for (String id : group.getValue()) {
                out.writeString(id);
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private void writeChanges(JsonGenerator out, long before) throws IOException {
        out.writeNumberField("now", clock.millis());
        out.writeArrayFieldStart("devices");
        for (Seen seen : devices.values()) {
            if (seen.revision > before) {
                out.writeRawValue(seen.json);
            }
        }
        out.writeEndArray();
        if (alarmsRevision > before) {
            writeAlarms(out, alarmsNow);
        }
        ClockWatch.State state = clockNow;
        if (state != null && clockRevision > before) {
            writeClock(out, state);
        }
    }

    private static void writeAlarms(JsonGenerator out, List<Alarm> alarms) throws IOException {
        out.writeArrayFieldStart("alarms");
        for (Alarm alarm : alarms) {
            out.writeStartObject();
            out.writeStringField("id", alarm.id());
            out.writeStringField("kind", alarm.kind().text());
            out.writeStringField("subject", alarm.subject());
            out.writeBooleanField("ofDevice", alarm.kind().isOfDevice());
            out.writeStringField("text", alarm.text());
            out.writeNumberField("since", alarm.since().toEpochMilli());
            out.writeNumberField("last", alarm.last().toEpochMilli());
            out.writeNumberField("count", alarm.count());
            out.writeStringField("acknowledgedBy", alarm.acknowledgedBy());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeClock(JsonGenerator out, ClockWatch.State state) throws IOException {
        Duration offset = state.offset();
        out.writeObjectFieldStart("clock");
        out.writeStringField("level", state.level().text());
        if (offset != null) {
            out.writeNumberField("offsetMillis", offset.toMillis());
        }
        out.writeStringField("source", state.source());
        out.writeEndObject();
    }

    private static String json(Device device, Wish wish) {
        PlannedDevice planned = device.planned();
        byte[] json = Answers.json(out -> {
            Snapshot.writeDevice(out, device, wish);
            Answers.writeText(out, "plannedIp", planned == null ? null : planned.ip());
        });
        return new String(json, StandardCharsets.UTF_8);
    }
}
