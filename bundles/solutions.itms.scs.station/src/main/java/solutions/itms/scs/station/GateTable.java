package solutions.itms.scs.station;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.store.Statements;

/** The gates as rows, and the history of their states. */
final class GateTable {
    private static final String UPSERT = """
            INSERT INTO gate (id, ip, status, reported, last_heartbeat_ms, received_at_ms,
                              source_ip, gate_id, side, type, message, extra, number)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
              ip = excluded.ip, status = excluded.status, reported = excluded.reported,
              last_heartbeat_ms = excluded.last_heartbeat_ms, received_at_ms = excluded.received_at_ms,
              source_ip = excluded.source_ip, gate_id = excluded.gate_id, side = excluded.side,
              type = excluded.type, message = excluded.message, extra = excluded.extra, number = excluded.number
            """;

    private static final String BEAT =
            "INSERT OR REPLACE INTO beat (number, last_heartbeat_ms, received_at_ms) VALUES (?, ?, ?)";

    private static final String SAME_BEAT =
            "UPDATE beat SET last_heartbeat_ms = ?, received_at_ms = ? WHERE number = ?";

    private static final String LOAD = """
            SELECT gate.*, coalesce(beat.last_heartbeat_ms, gate.last_heartbeat_ms) AS beat_ms,
                   coalesce(beat.received_at_ms, gate.received_at_ms) AS beat_received_ms
            FROM gate LEFT JOIN beat ON beat.number = gate.number
            """;

    private GateTable() {}

    /**
     * What the rows of a gate hold. Most heartbeats change its times alone, and those are kept apart, closely packed:
     * the times of 200 gates fill one page, their rows ten.
     *
     * @param number of the row with its times
     * @param unbroken see {@link Statements#unbroken}
     */
    record Written(Gate gate, long number, Object unbroken) {}

    /** Writes the gate as it is now, only its times when nothing else has changed since; what it wrote. */
    static Gate save(Statements statements, TrackedGate tracked) throws SQLException {
        Gate gate = tracked.gate();
        Written last = tracked.written();
        Written known = last != null && last.unbroken == statements.unbroken() ? last : null;
        long number = known == null ? number(statements, gate.id()) : known.number;
        // a row of the same length is overwritten where it is
        if (known == null || !overwriteBeat(statements, number, gate)) {
            saveBeat(statements, number, gate);
        }
        if (known == null || !gate.sameButForTimes(known.gate)) {
            save(statements, gate, number);
        }
        tracked.written(new Written(gate, number, statements.unbroken()));
        return gate;
    }

    private static long number(Statements statements, String id) throws SQLException {
        PreparedStatement query = statements.get("SELECT number FROM gate WHERE id = ? AND number IS NOT NULL");
        query.setString(1, id);
        try (ResultSet rows = query.executeQuery()) {
            if (rows.next()) {
                return rows.getLong(1);
            }
        }
        try (ResultSet rows =
                statements.get("SELECT coalesce(max(number), 0) + 1 FROM beat").executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static boolean overwriteBeat(Statements statements, long number, Gate gate) throws SQLException {
        PreparedStatement update = statements.get(SAME_BEAT);
        update.setLong(1, gate.lastHeartbeat().toEpochMilli());
        update.setLong(2, gate.receivedAt().toEpochMilli());
        update.setLong(3, number);
        return update.executeUpdate() == 1;
    }

    private static void saveBeat(Statements statements, long number, Gate gate) throws SQLException {
        PreparedStatement beat = statements.get(BEAT);
        beat.setLong(1, number);
        beat.setLong(2, gate.lastHeartbeat().toEpochMilli());
        beat.setLong(3, gate.receivedAt().toEpochMilli());
        beat.executeUpdate();
    }

    private static void save(Statements statements, Gate gate, long number) throws SQLException {
        PreparedStatement upsert = statements.get(UPSERT);
        upsert.setString(1, gate.id());
        upsert.setString(2, gate.ip());
        upsert.setString(3, gate.status().text());
        upsert.setString(4, gate.reported().text());
        upsert.setLong(5, gate.lastHeartbeat().toEpochMilli());
        upsert.setLong(6, gate.receivedAt().toEpochMilli());
        upsert.setString(7, gate.sourceIp());
        upsert.setString(8, gate.gateId());
        upsert.setString(9, gate.side());
        upsert.setString(10, gate.type());
        upsert.setString(11, gate.message());
        upsert.setString(12, gate.extra());
        upsert.setLong(13, number);
        upsert.executeUpdate();
    }

    static void saveTransition(Statements statements, String id, @Nullable Status before, Status now, Instant at)
            throws SQLException {
        PreparedStatement insert =
                statements.get("INSERT INTO transition (id, old_status, new_status, at_ms) VALUES (?, ?, ?, ?)");
        insert.setString(1, id);
        insert.setString(2, before == null ? null : before.text());
        insert.setString(3, now.text());
        insert.setLong(4, at.toEpochMilli());
        insert.executeUpdate();
    }

    static List<Gate> loadAll(Statements statements) throws SQLException {
        List<Gate> gates = new ArrayList<>();
        try (ResultSet rows = statements.get(LOAD).executeQuery()) {
            while (rows.next()) {
                gates.add(gate(rows));
            }
        }
        return gates;
    }

    private static Gate gate(ResultSet row) throws SQLException {
        Status status = Status.of(row.getString("status"));
        Status reported = Status.of(row.getString("reported"));
        return new Gate(
                row.getString("id"),
                row.getString("ip"),
                status == null ? Status.OFFLINE : status,
                reported == null ? Status.FAULT : reported,
                Instant.ofEpochMilli(row.getLong("beat_ms")),
                Instant.ofEpochMilli(row.getLong("beat_received_ms")),
                row.getString("source_ip"),
                row.getString("gate_id"),
                row.getString("side"),
                row.getString("type"),
                row.getString("message"),
                row.getString("extra"));
    }
}
