package solutions.itms.scs.server.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.db.Database;

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
    static List<Outgoing> next(Database database, int limit) {
        return database.reading()
                .withHandle(handle -> handle.createQuery("select o.id as outgoing_id, o.kind, c.approved_sha256, c."
                                + Command.COLUMNS.replace(", ", ", c.")
                                + " from command_outgoing o join command c on c.id = o.command_id"
                                + " order by o.id limit " + limit)
                        .map((row, context) -> new Outgoing(
                                row.getLong("outgoing_id"),
                                row.getString("kind").equals("cancel"),
                                Command.read(row),
                                row.getString("approved_sha256")))
                        .list());
    }
}
