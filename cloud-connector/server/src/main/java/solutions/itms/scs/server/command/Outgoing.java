package solutions.itms.scs.server.command;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;

/**
 * One row of what is to be sent.
 *
 * @param number of the row; grows
 * @param approvedSha256 hash of the parameters that were approved; null when nobody had to
 */
record Outgoing(
        long number,
        boolean isCancel,
        Command command,
        @Nullable String approvedSha256) {
    private static final String SELECT = "select o.id as outgoing_id, o.kind, c.approved_sha256, c."
            + Command.COLUMNS.replaceAll(",\\s+", ", c.")
            + " from command_outgoing o join command c on c.id = o.command_id";

    /** What can go to the broker now: rows of connected gateways, in their order. */
    static List<Outgoing> next(Database database, Predicate<String> connected, int limit) {
        return database.reading().withHandle(handle -> {
            List<String> gateways =
                    handle
                            .createQuery("select distinct gateway_id from command_outgoing")
                            .mapTo(String.class)
                            .list()
                            .stream()
                            .filter(connected)
                            .limit(limit)
                            .toList();
            return gateways.isEmpty()
                    ? List.<Outgoing>of()
                    : handle.createQuery(SELECT + " where o.gateway_id in (<gateways>) order by o.id limit " + limit)
                            .bindList("gateways", gateways)
                            .map((row, context) -> read(row))
                            .list();
        });
    }

    /** What one gateway is to get. */
    static List<Outgoing> of(Transaction transaction, String gatewayId, int limit) throws SQLException {
        return transaction.all(
                SELECT + " where o.gateway_id = ? order by o.id limit " + limit, Outgoing::read, gatewayId);
    }

    private static Outgoing read(ResultSet row) throws SQLException {
        return new Outgoing(
                row.getLong("outgoing_id"),
                row.getString("kind").equals("cancel"),
                Command.read(row),
                row.getString("approved_sha256"));
    }
}
