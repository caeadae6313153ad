package solutions.itms.scs.server.recording;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;

/**
 * The rows of recordings. Each follows its command and its file within the transactions that change those, so that no
 * end of the process leaves them apart. Stateless.
 */
public final class Recordings {
    /** The type of the commands that make recordings. */
    public static final String COMMAND = "export_recording_clip";

    private static final int ROWS_AT_ONCE = 500;

    private Recordings() {}

    /** A command that makes a recording was written. */
    public static void begin(
            Transaction transaction,
            String id,
            String gatewayId,
            String device,
            Map<String, @Nullable Object> params,
            String requestedBy,
            Instant now)
            throws SQLException {
        Instant from = time(params.get("from"));
        Instant to = time(params.get("to"));
        transaction.update(
                """
                insert into recording (id, gateway_id, device, channel, recording, from_ms, to_ms, command_id, state,
                    requested_by, created_at_ms, state_at_ms)
                values (?, ?, ?, ?, ?, ?, ?, ?, 'requested', ?, ?, ?)""",
                id,
                gatewayId,
                device,
                params.get("channel") instanceof String channel ? channel : null,
                params.get("recording") instanceof String recording ? recording : null,
                from,
                to,
                id,
                requestedBy,
                now,
                now);
    }

    /** A recording of a stream is to be brought as this file. */
    public static void beginStream(
            Transaction transaction,
            String artifactId,
            String gatewayId,
            String device,
            String requestedBy,
            Instant now)
            throws SQLException {
        transaction.update("""
                insert into recording (id, gateway_id, device, artifact_id, state, requested_by, created_at_ms, state_at_ms)
                values (?, ?, ?, ?, 'awaiting_upload', ?, ?, ?)""", artifactId, gatewayId, device, artifactId, requestedBy, now, now);
    }

    /**
     * Looks at the command and the file of a recording, and writes what it is now. Does nothing when there is no such
     * recording.
     *
     * @param id of the recording; that of its command, or of its file when it has none
     */
    public static void follow(Transaction transaction, String id, Instant now) throws SQLException {
        Row row = transaction.first("select * from recording where id = ?" + transaction.forUpdate(), Row::read, id);
        if (row == null) {
            return;
        }
        String commandId = row.commandId;
        List<File> files = commandId == null ? file(transaction, row) : files(transaction, commandId);
        File clip = files.stream()
                .filter(File::isVideo)
                .filter(file -> file.clip.state().equals("READY"))
                .findFirst()
                .or(() -> files.stream().filter(File::isVideo).reduce((one, later) -> later))
                .orElse(null);
        File evidence = files.stream()
                .filter(file -> !file.isVideo())
                .reduce((one, later) -> later)
                .orElse(null);
        Verdict.Asked asked = commandId == null ? null : asked(transaction, commandId);
        Verdict verdict = Verdict.of(row.verdict, asked, clip == null ? null : clip.clip);
        Instant since = verdict.state() == row.verdict.state() ? row.since : now;
        // written in any case: who looked at the same time at what is not committed yet has to look again
        transaction.update(
                "update recording set version = version + 1, state = ?, reason = ?, message = ?, state_at_ms = ?,"
                        + " artifact_id = ?, evidence_id = ? where id = ?",
                verdict.state().code(),
                verdict.reason(),
                verdict.message(),
                since,
                clip == null ? row.artifactId : clip.id,
                evidence == null ? row.evidenceId : evidence.id,
                id);
    }

    /** A person deleted it, with its files; nothing brings it back. */
    public static void delete(Transaction transaction, String id, Instant now) throws SQLException {
        transaction.update(
                "update recording set version = version + 1, state = 'deleted', reason = 'person', message = null,"
                        + " state_at_ms = ? where id = ? and state <> 'deleted'",
                now,
                id);
    }

    /** Ends the waiting for what does not come, and makes up for whatever was missed. */
    public static void sweep(Database database, Clock clock, Duration patience) {
        Instant now = clock.instant();
        List<String> open = database.reading()
                .withHandle(handle -> handle.createQuery("select id from recording"
                                + " where state in ('requested', 'running', 'awaiting_upload') order by number limit "
                                + ROWS_AT_ONCE)
                        .mapTo(String.class)
                        .list());
        for (String id : open) {
            database.write(transaction -> {
                follow(transaction, id, now);
                Verdict stale = Verdict.stale();
                return transaction.update(
                        "update recording set version = version + 1, state = ?, reason = ?, message = ?,"
                                + " state_at_ms = ? where id = ? and state = 'awaiting_upload' and artifact_id is null"
                                + " and state_at_ms < ?",
                        stale.state().code(),
                        stale.reason(),
                        stale.message(),
                        now,
                        id,
                        now.minus(patience));
            });
        }
    }

    private static List<File> file(Transaction transaction, Row row) throws SQLException {
        return row.artifactId == null
                ? List.of()
                : transaction.all(
                        "select id, media_type, state, reason from artifact where id = ?", File::read, row.artifactId);
    }

    private static List<File> files(Transaction transaction, String commandId) throws SQLException {
        return transaction.all(
                "select id, media_type, state, reason from artifact where command_id = ? and kind = 'clip'"
                        + " order by number",
                File::read,
                commandId);
    }

    private static Verdict.@Nullable Asked asked(Transaction transaction, String commandId) throws SQLException {
        return transaction.first(
                "select state, error_code, error_message, late_status from command where id = ?",
                row -> new Verdict.Asked(
                        row.getString("state"),
                        row.getString("state").equals("SUCCESS") || "SUCCESS".equals(row.getString("late_status")),
                        row.getString("error_code"),
                        row.getString("error_message")),
                commandId);
    }

    private static @Nullable Instant time(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** @param clip how it stands */
    private record File(String id, String mediaType, Verdict.Clip clip) {
        static File read(ResultSet row) throws SQLException {
            return new File(
                    row.getString("id"),
                    row.getString("media_type"),
                    new Verdict.Clip(row.getString("state"), row.getString("reason")));
        }

        boolean isVideo() {
            return mediaType.startsWith("video/");
        }
    }

    private record Row(
            @Nullable String commandId,
            @Nullable String artifactId,
            @Nullable String evidenceId,
            Verdict verdict,
            Instant since) {
        static Row read(ResultSet row) throws SQLException {
            RecordingState state = RecordingState.of(Objects.requireNonNull(row.getString("state")))
                    .orElseThrow();
            return new Row(
                    row.getString("command_id"),
                    row.getString("artifact_id"),
                    row.getString("evidence_id"),
                    new Verdict(state, row.getString("reason"), row.getString("message")),
                    Instant.ofEpochMilli(row.getLong("state_at_ms")));
        }
    }
}
