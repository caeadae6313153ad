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
                              source_ip, gate_id, side, type, message, extra)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
              ip = excluded.ip, status = excluded.status, reported = excluded.reported,
              last_heartbeat_ms = excluded.last_heartbeat_ms, received_at_ms = excluded.received_at_ms,
              source_ip = excluded.source_ip, gate_id = excluded.gate_id, side = excluded.side,
              type = excluded.type, message = excluded.message, extra = excluded.extra
            """;

    private static final String TOUCH = "UPDATE gate SET last_heartbeat_ms = ?, received_at_ms = ? WHERE id = ?";

    private GateTable() {}

    /** Writes the gate as it is now, only its times when nothing else has changed since it was written last; what it wrote. */
    static Gate save(Statements statements, TrackedGate tracked) throws SQLException {
        Gate gate = tracked.gate();
        Gate written = tracked.written(statements.unbroken());
        if (written == null || !gate.sameButForTimes(written) || !touch(statements, gate)) {
            save(statements, gate);
        }
        tracked.written(gate, statements.unbroken());
        return gate;
    }

    private static boolean touch(Statements statements, Gate gate) throws SQLException {
        PreparedStatement update = statements.get(TOUCH);
        update.setLong(1, gate.lastHeartbeat().toEpochMilli());
        update.setLong(2, gate.receivedAt().toEpochMilli());
        update.setString(3, gate.id());
        return update.executeUpdate() == 1;
    }

    private static void save(Statements statements, Gate gate) throws SQLException {
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
        try (ResultSet rows = statements.get("SELECT * FROM gate").executeQuery()) {
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
                Instant.ofEpochMilli(row.getLong("last_heartbeat_ms")),
                Instant.ofEpochMilli(row.getLong("received_at_ms")),
                row.getString("source_ip"),
                row.getString("gate_id"),
                row.getString("side"),
                row.getString("type"),
                row.getString("message"),
                row.getString("extra"));
    }
}
