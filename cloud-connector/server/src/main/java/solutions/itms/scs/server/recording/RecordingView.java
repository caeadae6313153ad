package solutions.itms.scs.server.recording;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.command.JsonText;

/**
 * A recording as the API shows it: its row with what is known of its command and its files. Immutable.
 *
 * @param clipId file with the pictures; null until it is declared
 * @param evidenceId file that tells how they were made; null when there is none
 */
public record RecordingView(
        String id,
        RecordingState state,
        @Nullable String message,
        @Nullable String commandId,
        String gatewayId,
        String device,
        String requestedBy,
        @Nullable String clipId,
        @Nullable String evidenceId,
        Map<String, @Nullable Object> json) {
    static final String SELECT = """
            select r.*, c.state as command_state, c.approval, c.approved_by, c.approved_at_ms, c.reason as asked_because,
                c.progress_percent, c.progress_text, coalesce(c.late_result, c.result) as report,
                f.name as clip_name, f.media_type as clip_type, f.size as clip_size, f.sha256 as clip_sha256,
                f.received as clip_received, f.state as clip_state,
                e.name as evidence_name, e.media_type as evidence_type, e.size as evidence_size,
                e.sha256 as evidence_sha256, e.received as evidence_received, e.state as evidence_state
            from recording r
              left join command c on c.id = r.command_id
              left join artifact f on f.id = r.artifact_id
              left join artifact e on e.id = r.evidence_id
            """;

    private static final int MAX_JSON = 512 * 1024;

    static RecordingView read(ResultSet row) throws SQLException {
        RecordingState state = RecordingState.of(row.getString("state")).orElseThrow();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", row.getString("id"));
        json.put("number", row.getLong("number"));
        json.put("gatewayId", row.getString("gateway_id"));
        json.put("nvr", row.getString("device"));
        json.put("channel", row.getString("channel"));
        json.put("recording", row.getString("recording"));
        json.put("from", time(row, "from_ms"));
        json.put("to", time(row, "to_ms"));
        json.put("state", state.code());
        json.put("since", time(row, "state_at_ms"));
        json.put("reason", row.getString("reason"));
        json.put("message", row.getString("message"));
        json.put("requestedBy", row.getString("requested_by"));
        json.put("createdAt", time(row, "created_at_ms"));
        json.put("command", command(row));
        json.put("clip", file(row, "clip", row.getString("artifact_id")));
        json.put("evidence", file(row, "evidence", row.getString("evidence_id")));
        json.put("result", result(row.getString("report")));
        return new RecordingView(
                row.getString("id"),
                state,
                row.getString("message"),
                row.getString("command_id"),
                row.getString("gateway_id"),
                row.getString("device"),
                row.getString("requested_by"),
                row.getString("artifact_id"),
                row.getString("evidence_id"),
                json);
    }

    private static @Nullable Map<String, @Nullable Object> command(ResultSet row) throws SQLException {
        String id = row.getString("command_id");
        if (id == null) {
            return null;
        }
        Map<String, @Nullable Object> command = new LinkedHashMap<>();
        command.put("id", id);
        command.put("state", row.getString("command_state"));
        command.put("reason", row.getString("asked_because"));
        command.put("approval", row.getString("approval"));
        command.put("approvedBy", row.getString("approved_by"));
        command.put("approvedAt", time(row, "approved_at_ms"));
        command.put("percent", number(row, "progress_percent"));
        command.put("text", row.getString("progress_text"));
        return command;
    }

    private static @Nullable Map<String, @Nullable Object> file(ResultSet row, String of, @Nullable String id)
            throws SQLException {
        String name = row.getString(of + "_name");
        if (id == null || name == null) {
            return null;
        }
        Map<String, @Nullable Object> file = new LinkedHashMap<>();
        file.put("id", id);
        file.put("name", name);
        file.put("mediaType", row.getString(of + "_type"));
        file.put("size", number(row, of + "_size"));
        file.put("sha256", row.getString(of + "_sha256"));
        file.put("received", row.getLong(of + "_received"));
        file.put("state", row.getString(of + "_state"));
        return file;
    }

    /** What the gateway says of the clip, out of its report; null when it says nothing. */
    private static @Nullable Object result(@Nullable String report) {
        if (report == null) {
            return null;
        }
        try {
            return JsonText.readObject(report.getBytes(StandardCharsets.UTF_8), MAX_JSON)
                    .get("result");
        } catch (MalformedPayloadException e) {
            throw new IllegalStateException("what was stored as JSON is none", e);
        }
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : (Long) number;
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        Long millis = number(row, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
