package solutions.itms.scs.server.command;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.device.Changes;

/**
 * Whose turn it is: of each target the commands go out one after another, in the order in which they became ready; what
 * runs long (a job) holds back nobody once the gateway works on it, and what is urgent waits for nobody. A gateway that
 * is not connected gets nothing: its commands wait here, not in the broker. Thread-safe.
 */
final class Turns {
    /** Commands that a gateway has at a time, jobs that run not counted. */
    static final int MAX_AT_GATEWAY = 32;

    private static final String NEXT = "select " + Command.COLUMNS + """
             from command c
            where c.gateway_id = ? and c.deadline_ms is not null and c.state = 'PENDING' and c.attempts = 0
              and (c.is_urgent = 1 or not exists (
                select 1 from command e
                where e.gateway_id = c.gateway_id and e.target = c.target and e.deadline_ms is not null
                  and e.queue_seq < c.queue_seq and e.is_urgent = 0
                  and not (e.is_job = 1 and e.state in ('RUNNING', 'CANCELLING'))))
            order by c.is_urgent desc, c.queue_seq limit ?""";

    private final CommandTable table;
    private final Predicate<String> connected;

    /** @param connected whether a gateway is connected now */
    Turns(CommandTable table, Predicate<String> connected) {
        this.table = table;
        this.connected = connected;
    }

    boolean isConnected(String gatewayId) {
        return connected.test(gatewayId);
    }

    /** Gives all of a gateway's commands whose turn it is to the dispatcher. */
    void take(Transaction transaction, String gatewayId, Cause cause, Changes changes) throws SQLException {
        if (connected.test(gatewayId)) {
            takeNow(transaction, gatewayId, cause, changes);
        }
    }

    /** As {@link #take}, for a gateway that asks. */
    void takeNow(Transaction transaction, String gatewayId, Cause cause, Changes changes) throws SQLException {
        long there = transaction.number("""
                select count(*) from command
                where gateway_id = ? and state in ('PENDING', 'DISPATCHED', 'RUNNING', 'CANCELLING')
                  and deadline_ms is not null and attempts > 0
                  and not (is_job = 1 and state in ('RUNNING', 'CANCELLING'))""", gatewayId);
        long room = MAX_AT_GATEWAY - there;
        if (room <= 0) {
            return;
        }
        List<Command> next = transaction.all(NEXT + transaction.forUpdate(), Command::read, gatewayId, room);
        for (Command command : next) {
            table.apply(transaction, command, new CommandEvent.Turn(), cause, new Values());
            changes.outgoing(gatewayId);
        }
    }
}
