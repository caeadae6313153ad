package solutions.itms.scs.server.command;

import java.time.Instant;
import java.util.LinkedHashMap;
import solutions.itms.scs.server.audit.Audit;
import solutions.itms.scs.server.audit.AuditEntry;
import solutions.itms.scs.server.db.Database;

/** Takes a gateway out: its commands end as REMOVED and stay, everything else of it is deleted. Stateless. */
public final class GatewayRemoval {
    private GatewayRemoval() {}

    /** @return false when there is no such gateway */
    public static boolean remove(Database database, String gatewayId, String actor, Instant now) {
        CommandTable table = new CommandTable(new LifeCycle(LifeCycle.Limits.DEFAULT));
        return database.write(transaction -> {
            Cause cause = new Cause(actor, null, null, now);
            for (Command command : transaction.all(
                    "select " + Command.COLUMNS + " from command where gateway_id = ? and deadline_ms is not null"
                            + transaction.forUpdate(),
                    Command::read,
                    gatewayId)) {
                table.apply(transaction, command, new CommandEvent.GatewayRemoved(), cause, new Values());
            }
            transaction.update("delete from command_outgoing where gateway_id = ?", gatewayId);
            if (transaction.update("delete from gateway where id = ?", gatewayId) == 0) {
                return false;
            }
            Audit.append(
                    transaction,
                    new AuditEntry(
                            now,
                            "gateway.remove",
                            actor,
                            null,
                            AuditEntry.About.gateway(gatewayId),
                            null,
                            null,
                            null,
                            new LinkedHashMap<>()));
            return true;
        });
    }
}
