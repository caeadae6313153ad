package solutions.itms.scs.server.artifact;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a file. Columns as in the table; {@code size} and {@code sha256} are null until they are known. */
record Artifact(
        long number,
        String id,
        @Nullable String gatewayId,
        @Nullable String account,
        @Nullable String device,
        @Nullable String commandId,
        Kind kind,
        String name,
        String mediaType,
        @Nullable Long size,
        @Nullable String sha256,
        State state,
        @Nullable String reason,
        long received,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant completedAt,
        @Nullable Instant deletedAt,
        @Nullable String deletedBy,
        @Nullable String owner) {

    /** Where it stands. */
    enum State {
        UPLOADING,
        READY,
        FAILED,
        DELETED
    }

    /** Whether so many bytes with this checksum are what was declared. */
    boolean isAll(long length, String checksum) {
        return size != null && size == length && checksum.equals(sha256);
    }

    MediaType type() {
        return MediaType.of(mediaType).orElse(MediaType.BINARY);
    }

    static Artifact read(ResultSet row) throws SQLException {
        return new Artifact(
                row.getLong("number"),
                row.getString("id"),
                row.getString("gateway_id"),
                row.getString("account"),
                row.getString("device"),
                row.getString("command_id"),
                Kind.of(row.getString("kind")).orElse(Kind.OTHER),
                row.getString("name"),
                row.getString("media_type"),
                number(row, "size"),
                row.getString("sha256"),
                State.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getLong("received"),
                Instant.ofEpochMilli(row.getLong("created_at_ms")),
                Instant.ofEpochMilli(row.getLong("updated_at_ms")),
                instant(row, "completed_at_ms"),
                instant(row, "deleted_at_ms"),
                row.getString("deleted_by"),
                row.getString("owner"));
    }

    /** As the API shows it. */
    Map<String, @Nullable Object> view() {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", id);
        view.put("number", number);
        view.put("gatewayId", gatewayId);
        view.put("device", device);
        view.put("commandId", commandId);
        view.put("kind", kind.code());
        view.put("name", name);
        view.put("mediaType", mediaType);
        view.put("size", size);
        view.put("sha256", sha256);
        view.put("state", state.name());
        view.put("reason", reason);
        view.put("received", received);
        view.put("inline", type().isInline());
        view.put("createdAt", createdAt);
        view.put("updatedAt", updatedAt);
        view.put("completedAt", completedAt);
        view.put("deletedAt", deletedAt);
        view.put("deletedBy", deletedBy);
        view.put("owner", owner);
        return view;
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : (Long) number;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Long millis = number(row, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
