package solutions.itms.scs.server.command;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.device.Changes;

/**
 * Does what is due: commands whose deadline is over, and gateways that are connected and have something waiting. All it
 * needs is in the tables, so that a restart loses nothing. Thread-safe.
 */
public final class CommandSweep {
    private static final int BATCH = 200;

    private final Database database;
    private final CommandTable table;
    private final Turns turns;
    private final Consumer<Changes> changed;
    private final Clock clock;

    CommandSweep(Database database, CommandTable table, Turns turns, Consumer<Changes> changed, Clock clock) {
        this.database = database;
        this.table = table;
        this.turns = turns;
        this.changed = changed;
        this.clock = clock;
    }

    /** Does all that is due now; to be called every second or so. */
    public void sweep() {
        while (sweepOnce() == BATCH) {
            // more are due
        }
        waiting();
    }

    private int sweepOnce() {
        Instant now = clock.instant();
        List<String> due = database.reading()
                .withHandle(handle -> handle.createQuery(
                                "select id from command where deadline_ms <= ? order by deadline_ms limit " + BATCH)
                        .bind(0, now.toEpochMilli())
                        .mapTo(String.class)
                        .list());
        if (due.isEmpty()) {
            return 0;
        }
        Changes changes = new Changes();
        int done = database.write(transaction -> {
            int count = 0;
            for (String id : due) {
                Command command = CommandTable.find(transaction, id);
                if (command == null || !isDue(command, now)) {
                    continue;
                }
                Cause cause = Cause.system(now);
                CommandEvent event = new CommandEvent.DeadlineOver(turns.isConnected(command.gatewayId()));
                Outcome outcome = table.apply(transaction, command, event, cause, new Values());
                if (outcome.send() != Outcome.Send.NOTHING) {
                    changes.outgoing(command.gatewayId());
                }
                changes.command(id);
                turns.take(transaction, command.gatewayId(), cause, changes);
                count++;
            }
            return count;
        });
        changed.accept(changes);
        return done;
    }

    private static boolean isDue(Command command, Instant now) {
        Instant deadline = command.stand().deadline();
        return deadline != null && !deadline.isAfter(now);
    }

    /** A gateway may be back without having asked, or have been busy. */
    private void waiting() {
        List<String> gateways =
                database
                        .reading()
                        .withHandle(handle ->
                                handle.createQuery("""
                        select distinct gateway_id from command
                        where deadline_ms is not null and state = 'PENDING' and attempts = 0""").mapTo(String.class).list())
                        .stream()
                        .filter(turns::isConnected)
                        .toList();
        if (gateways.isEmpty()) {
            return;
        }
        Changes changes = new Changes();
        database.write(transaction -> {
            for (String gateway : gateways) {
                turns.take(transaction, gateway, Cause.system(clock.instant()), changes);
            }
            return gateways.size();
        });
        changed.accept(changes);
    }
}
