package solutions.itms.scs.station;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.station.log.LogFile;
import solutions.itms.scs.station.log.LogFiles;
import solutions.itms.scs.station.log.LogSettings;
import solutions.itms.scs.store.StoreException;

/** The rows of the self-check about time, retention, SSH and the management of changes. */
final class PolicyCheck {
    private static final int WANTED_DAYS = 14;

    private final StationProfile profile;
    private final Settings settings;
    private final Gates gates;
    private final Alarms alarms;
    private final ClockWatch clockWatch;
    private final StationDatabase database;
    private final @Nullable LogFiles logs;
    private final Clock clock;

    PolicyCheck(
            StationProfile profile,
            Settings settings,
            Gates gates,
            Alarms alarms,
            ClockWatch clockWatch,
            StationDatabase database,
            @Nullable LogFiles logs,
            Clock clock) {
        this.profile = profile;
        this.settings = settings;
        this.gates = gates;
        this.alarms = alarms;
        this.clockWatch = clockWatch;
        this.database = database;
        this.logs = logs;
        this.clock = clock;
    }

    CheckRow ntp() {
        ClockWatch.State state = clockWatch.state();
        TimeSettings time = settings.time();
        CheckRow.Builder row =
                new CheckRow.Builder("B4").fact("clock", "level", state.level().text(), "source", state.source());
        Duration offset = state.offset();
        if (offset != null) {
            row.fact(
                    "offset",
                    "millis",
                    offset.toMillis(),
                    "max",
                    time.maxDrift().toMillis());
        }
        if (time.servers().isEmpty()) {
            row.fact("systemTime");
        } else {
            row.fact("servers", "names", time.servers());
        }
        return row.concern("gatesOff", subjects(AlarmKind.CLOCK_SKEW))
                .attentionWhen(state.level() == ClockWatch.Level.DRIFT)
                .otherwise(state.level() == ClockWatch.Level.UNKNOWN ? CheckRow.State.UNKNOWN : CheckRow.State.OK)
                .row();
    }

    CheckRow timePolicy() {
        Instant now = clock.instant();
        int offset = settings.zone().getRules().getOffset(now).getTotalSeconds() / 60;
        List<String> off = gates.all().stream()
                .filter(gate -> isOff(gate, settings.status().clockSkew()))
                .map(Gate::id)
                .toList();
        CheckRow.Builder row = new CheckRow.Builder("B6")
                .fact("zone", "zone", settings.zone().getId(), "offsetMinutes", offset)
                .fact("gatesSendUtc", "gates", gates.all().size())
                .concern("timesApart", off);
        return profile.ownZone()
                ? row.row()
                : row.fact("zoneOfTheSystem").attention().row();
    }

    CheckRow retention() throws IOException {
        if (logs == null) {
            return new CheckRow.Builder("B7")
                    .fact("noLogs")
                    .otherwise(CheckRow.State.UNKNOWN)
                    .row();
        }
        LogSettings kept = logs.settings();
        List<LogFile> files = logs.reader().list();
        CheckRow.Builder row = new CheckRow.Builder("B7")
                .fact("days", "days", kept.retentionDays(), "wanted", WANTED_DAYS)
                .fact("rotation", "zone", kept.zone().getId())
                .fact(
                        "files",
                        "count",
                        files.size(),
                        "bytes",
                        files.stream().mapToLong(LogFile::bytes).sum(),
                        "max",
                        kept.maxBytes(),
                        "folder",
                        logs.reader().root())
                .attentionWhen(kept.retentionDays() < WANTED_DAYS);
        if (!files.isEmpty()) {
            row.fact("oldest", "day", files.get(files.size() - 1).day());
        }
        return row.row();
    }

    CheckRow ssh() {
        CheckRow.Builder row =
                new CheckRow.Builder("B8").fact("sshByKey").fact("probePort", "port", profile.probePort());
        return audit(row).otherwise(CheckRow.State.ASK).row();
    }

    CheckRow changes(String softwareVersion) {
        CheckRow.Builder row = new CheckRow.Builder("B10")
                .fact("software", "version", softwareVersion)
                .fact("environment", "production", profile.production())
                .fact(
                        "operations",
                        "names",
                        Arrays.stream(Operation.values()).map(Operation::text).toList())
                .fact("aisleModes", "max", Wanted.AisleMode.MAX);
        return audit(row)
                .attentionWhen(!profile.production())
                .otherwise(CheckRow.State.ASK)
                .row();
    }

    private CheckRow.Builder audit(CheckRow.Builder row) {
        row.fact("audit", "days", settings.status().auditDays());
        try {
            List<AuditEntry> newest = database.read(statements -> Audit.before(statements, Long.MAX_VALUE, 1));
            return newest.isEmpty() ? row.fact("auditEmpty") : newest(row, newest.get(0));
        } catch (StoreException | StationDatabase.NotOpen e) {
            return row.fact("auditNotReadable").attention();
        }
    }

    private static CheckRow.Builder newest(CheckRow.Builder row, AuditEntry entry) {
        return row.fact("auditNewest", "at", entry.at().toEpochMilli(), "who", entry.who(), "number", entry.seq());
    }

    private List<String> subjects(AlarmKind kind) {
        return alarms.all().stream()
                .filter(alarm -> alarm.kind() == kind)
                .map(Alarm::subject)
                .toList();
    }

    private static boolean isOff(Gate gate, Duration max) {
        return Duration.between(gate.lastHeartbeat(), gate.receivedAt()).abs().compareTo(max.plusSeconds(1)) > 0;
    }
}
