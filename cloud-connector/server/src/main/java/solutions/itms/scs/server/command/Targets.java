package solutions.itms.scs.server.command;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.DeviceType;
import solutions.itms.scs.server.db.Transaction;

/** The devices that commands can be for: gateways, their gates, and what else they told of. Stateless. */
final class Targets {
    private Targets() {}

    /**
     * A device that the server knows.
     *
     * @param account of its gateway
     */
    record Target(String account, String status, DeviceType type) {}

    /** The device; null when the gateway never told of it, or does not exist. */
    static @Nullable Target find(Transaction transaction, String gatewayId, String target) throws SQLException {
        if (target.equals(gatewayId)) {
            return transaction.first(
                    "select account, status from gateway where id = ?",
                    row -> new Target(row.getString(1), row.getString(2), DeviceType.EDGE_CONTROLLER),
                    gatewayId);
        }
        Target gate = transaction.first(
                """
                select g.account, case g.status when 'online' then t.status else 'unknown' end
                from gate t join gateway g on g.id = t.gateway_id where t.gateway_id = ? and t.id = ?""", row -> new Target(row.getString(1), row.getString(2), DeviceType.GATE), gatewayId, target);
        return gate != null
                ? gate
                : transaction.first(
                        """
                        select g.account, case g.status when 'online' then d.status else 'unknown' end, d.type
                        from device d join gateway g on g.id = d.gateway_id where d.gateway_id = ? and d.id = ?""",
                        row -> new Target(row.getString(1), row.getString(2), DeviceType.valueOf(row.getString(3))),
                        gatewayId,
                        target);
    }
}
