package solutions.itms.scs.server.recording;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.db.Database;

/** Recordings as they were at the last commit. Thread-safe. */
public final class RecordingViews {
    private final Database database;

    public RecordingViews(Database database) {
        this.database = database;
    }

    /**
     * Which recordings a list shows; null means any.
     *
     * @param from recordings that end before are left out
     * @param to recordings that begin at or after are left out
     * @param before the number that all have to be below
     */
    public record Filter(
            @Nullable String gateway,
            @Nullable String device,
            @Nullable String channel,
            @Nullable String requester,
            @Nullable RecordingState state,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Long before,
            int limit) {}

    /** A page of a list, newest first. */
    public record Page(
            List<Map<String, @Nullable Object>> items,
            @Nullable String next) {}

    /** The recording of this id, deleted ones as well. */
    public Optional<RecordingView> find(String id) {
        return first("r.id = ?", id);
    }

    /** The recording that this file belongs to. */
    public Optional<RecordingView> ofFile(String artifactId) {
        Optional<RecordingView> clip = first("r.artifact_id = ?", artifactId);
        return clip.isPresent() ? clip : first("r.evidence_id = ?", artifactId);
    }

    private Optional<RecordingView> first(String condition, String value) {
        return database.reading()
                .withHandle(handle -> handle.createQuery(RecordingView.SELECT + " where " + condition)
                        .bind(0, value)
                        .map((row, context) -> RecordingView.read(row))
                        .findFirst());
    }

    /** The recordings that fit, newest first; those that are deleted only when they are asked for. */
    public Page list(Filter filter) {
        StringBuilder condition = new StringBuilder();
        Map<String, Object> arguments = new LinkedHashMap<>();
        RecordingState state = filter.state;
        condition.append(state == null ? "r.state <> 'deleted'" : "r.state = :state");
        if (state != null) {
            arguments.put("state", state.code());
        }
        add(condition, arguments, "r.gateway_id = :gateway", filter.gateway);
        add(condition, arguments, "r.device = :device", filter.device);
        add(condition, arguments, "r.channel = :channel", filter.channel);
        add(condition, arguments, "r.requested_by = :requester", filter.requester);
        add(condition, arguments, "r.to_ms > :from", millis(filter.from));
        add(condition, arguments, "r.from_ms < :to", millis(filter.to));
        add(condition, arguments, "r.number < :before", filter.before);
        List<RecordingView> rows = database.reading().withHandle(handle -> {
            var query = handle.createQuery(
                    RecordingView.SELECT + " where " + condition + " order by r.number desc limit :limit");
            arguments.forEach(query::bind);
            return query.bind("limit", filter.limit + 1)
                    .map((row, context) -> RecordingView.read(row))
                    .list();
        });
        boolean more = rows.size() > filter.limit;
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        rows.stream().limit(filter.limit).forEach(row -> items.add(row.json()));
        Object last = more ? items.get(items.size() - 1).get("number") : null;
        return new Page(items, last == null ? null : last.toString());
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : (Long) time.toEpochMilli();
    }

    /** @param test whose argument is named as its last word */
    private static void add(
            StringBuilder condition, Map<String, Object> arguments, String test, @Nullable Object value) {
        if (value != null) {
            condition.append(" and ").append(test);
            arguments.put(test.substring(test.indexOf(':') + 1), value);
        }
    }
}
