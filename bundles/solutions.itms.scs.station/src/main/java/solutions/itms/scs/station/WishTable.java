package solutions.itms.scs.station;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.store.Statements;

/**
 * The wishes as rows, and apart from them when devices asked: the former are written before they are answered, the
 * latter behind.
 */
final class WishTable {
    private static final String SELECT = """
            SELECT w.*, p.operation_polled_ms, p.operation_delivered_ms, p.operation_of_ms,
                   p.aisle_mode_polled_ms, p.aisle_mode_delivered_ms, p.aisle_mode_of_ms
            FROM wish w LEFT JOIN poll p ON p.id = w.id
            """;

    private static final String COLUMNS = """
            (id, operation, operation_at_ms, aisle_mode, aisle_mode_at_ms, inservice_last)
            VALUES (?, ?, ?, ?, ?, ?)
            """;

    private static final String UPSERT = "INSERT INTO wish " + COLUMNS + """
            ON CONFLICT (id) DO UPDATE SET
              operation = excluded.operation, operation_at_ms = excluded.operation_at_ms,
              aisle_mode = excluded.aisle_mode, aisle_mode_at_ms = excluded.aisle_mode_at_ms,
              inservice_last = excluded.inservice_last
            """;

    private WishTable() {}

    static void save(Statements statements, Wish wish) throws SQLException {
        write(statements.get(UPSERT), wish);
    }

    /** Writes a row that is missing; one that is there is newer. */
    static void saveMissing(Statements statements, Wish wish) throws SQLException {
        write(statements.get("INSERT OR IGNORE INTO wish " + COLUMNS), wish);
    }

    static void savePolls(Statements statements, Wish wish) throws SQLException {
        PreparedStatement replace = statements.get("INSERT OR REPLACE INTO poll VALUES (?, ?, ?, ?, ?, ?, ?)");
        replace.setString(1, wish.id());
        setPoll(replace, 2, wish.operation());
        setPoll(replace, 5, wish.aisleMode());
        replace.executeUpdate();
    }

    static @Nullable Wish find(Statements statements, String id) throws SQLException {
        PreparedStatement select = statements.get(SELECT + " WHERE w.id = ?");
        select.setString(1, id);
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? wish(rows) : null;
        }
    }

    static List<Wish> loadAll(Statements statements) throws SQLException {
        List<Wish> wishes = new ArrayList<>();
        try (ResultSet rows = statements.get(SELECT).executeQuery()) {
            while (rows.next()) {
                wishes.add(wish(rows));
            }
        }
        return wishes;
    }

    private static void write(PreparedStatement insert, Wish wish) throws SQLException {
        Operation operation = wish.operation().value();
        Operation last = wish.inserviceLast();
        insert.setString(1, wish.id());
        insert.setString(2, operation == null ? null : operation.text());
        setInstant(insert, 3, wish.operation().requestedAt());
        insert.setObject(4, wish.aisleMode().value());
        setInstant(insert, 5, wish.aisleMode().requestedAt());
        insert.setString(6, last == null ? null : last.text());
        insert.executeUpdate();
    }

    private static void setPoll(PreparedStatement statement, int first, Setting<?> setting) throws SQLException {
        setInstant(statement, first, setting.polledAt());
        setInstant(statement, first + 1, setting.deliveredAt());
        setInstant(statement, first + 2, setting.deliveredAt() == null ? null : setting.requestedAt());
    }

    private static Wish wish(ResultSet row) throws SQLException {
        int mode = row.getInt("aisle_mode");
        Integer aisleMode = row.wasNull() ? null : mode;
        return new Wish(
                row.getString("id"),
                setting(row, "operation", Operation.of(row.getString("operation"))),
                setting(row, "aisle_mode", aisleMode),
                Operation.of(row.getString("inservice_last")),
                0);
    }

    private static <T> Setting<T> setting(ResultSet row, String name, @Nullable T value) throws SQLException {
        Instant requestedAt = instant(row, name + "_at_ms");
        boolean delivered = Objects.equals(requestedAt, instant(row, name + "_of_ms"));
        return new Setting<>(
                value,
                requestedAt,
                instant(row, name + "_polled_ms"),
                delivered ? instant(row, name + "_delivered_ms") : null);
    }

    private static void setInstant(PreparedStatement statement, int index, @Nullable Instant at) throws SQLException {
        if (at == null) {
            statement.setNull(index, Types.INTEGER);
        } else {
            statement.setLong(index, at.toEpochMilli());
        }
    }

    private static @Nullable Instant instant(ResultSet row, String name) throws SQLException {
        long millis = row.getLong(name);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
