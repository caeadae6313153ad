package solutions.itms.scs.server.device;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.db.Database;

/** Reads gateways and gates as they were at the last commit. Thread-safe. */
public final class Devices {
    private static final String GATEWAY = """
            select g.id, g.account, g.status, g.last_seen_ms, g.connected_since_ms,
                   (select count(*) from gate t where t.gateway_id = g.id) as gates,
                   g.received_count, g.duplicate_count, g.missing_count
            from gateway g""";
    private static final String GATE = """
            select t.id, t.gateway_id, t.reported_status, t.last_seen_ms, t.last_heartbeat_ms, t.ip,
                   t.gate_group, t.side, t.type, t.message,
                   case g.status when 'online' then t.status else 'unknown' end as effective_status
            from gate t join gateway g on g.id = t.gateway_id""";

    private final Database database;

    public Devices(Database database) {
        this.database = database;
    }

    /** Everything at one moment. */
    public record Snapshot(List<GatewayView> gateways, List<GateView> gates) {}

    /** All gateways and gates, from one transaction. */
    public Snapshot snapshot() {
        return database.reading().inTransaction(handle -> new Snapshot(gateways(handle), gates(handle)));
    }

    /** All gateways by id. */
    public List<GatewayView> gateways() {
        return database.reading().withHandle(Devices::gateways);
    }

    /** All gates by gateway and id. */
    public List<GateView> gates() {
        return database.reading().withHandle(Devices::gates);
    }

    /** One gateway. */
    public Optional<GatewayView> gateway(String id) {
        return database.reading()
                .withHandle(handle -> handle.createQuery(GATEWAY + " where g.id = ?")
                        .bind(0, id)
                        .map((row, context) -> gateway(row))
                        .findOne());
    }

    /** Whether a gateway is online. */
    public boolean isOnline(String id) {
        return gateway(id).map(view -> view.status() == GatewayStatus.ONLINE).orElse(false);
    }

    /** One gate. */
    public Optional<GateView> gate(GateKey key) {
        return database.reading()
                .withHandle(handle -> handle.createQuery(GATE + " where t.gateway_id = ? and t.id = ?")
                        .bind(0, key.gatewayId())
                        .bind(1, key.id())
                        .map((row, context) -> gate(row))
                        .findOne());
    }

    /** The gates of one gateway by id. */
    public List<GateView> gatesOf(String gatewayId) {
        return database.reading()
                .withHandle(handle -> handle.createQuery(GATE + " where t.gateway_id = ? order by t.id")
                        .bind(0, gatewayId)
                        .map((row, context) -> gate(row))
                        .list());
    }

    private static List<GatewayView> gateways(Handle handle) {
        return handle.createQuery(GATEWAY + " order by g.id")
                .map((row, context) -> gateway(row))
                .list();
    }

    private static List<GateView> gates(Handle handle) {
        return handle.createQuery(GATE + " order by t.gateway_id, t.id")
                .map((row, context) -> gate(row))
                .list();
    }

    private static GatewayView gateway(ResultSet row) throws SQLException {
        GatewayStatus status = GatewayStatus.ofCode(row.getString("status"));
        return new GatewayView(
                row.getString("id"),
                row.getString("account"),
                status,
                instant(row, "last_seen_ms"),
                status == GatewayStatus.ONLINE ? instant(row, "connected_since_ms") : null,
                row.getLong("gates"),
                row.getLong("received_count"),
                row.getLong("duplicate_count"),
                row.getLong("missing_count"));
    }

    private static GateView gate(ResultSet row) throws SQLException {
        return new GateView(
                row.getString("id"),
                row.getString("gateway_id"),
                row.getString("effective_status"),
                row.getString("reported_status"),
                instant(row, "last_seen_ms"),
                instant(row, "last_heartbeat_ms"),
                row.getString("ip"),
                row.getString("gate_group"),
                row.getString("side"),
                row.getString("type"),
                row.getString("message"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
