package solutions.itms.scs.server.command;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.audit.Audit;
import solutions.itms.scs.server.audit.AuditEntry;
import solutions.itms.scs.server.auth.Person;
import solutions.itms.scs.server.auth.Role;
import solutions.itms.scs.server.command.Fleet.State;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.device.Changes;
import solutions.itms.scs.server.http.Problem;

/**
 * Makes the commands of fleet commands, at their rate, as long as not too many fail. Each is made in the transaction
 * that notes it, so that none is made twice. All it needs is in the tables. Thread-safe.
 */
final class Rollout {
    private static final int MAX_AT_ONCE = 100;

    /** Fewer ended commands say nothing about a share. */
    private static final long MIN_ENDED = 10;

    private final Database database;
    private final Commands commands;
    private final Checks checks;
    private final Turns turns;
    private final Clock clock;

    Rollout(Database database, Commands commands, Checks checks, Turns turns, Clock clock) {
        this.database = database;
        this.commands = commands;
        this.checks = checks;
        this.turns = turns;
        this.clock = clock;
    }

    /** Does what is due; to be called every second or so. */
    void step() {
        List<String> due = database.reading()
                .withHandle(handle -> handle.createQuery(
                                "select id from fleet_command where state in ('PENDING_APPROVAL', 'RUNNING')")
                        .mapTo(String.class)
                        .list());
        for (String id : due) {
            commands.write((transaction, changes) -> {
                Fleet fleet = Fleet.find(transaction, id);
                if (fleet != null) {
                    step(transaction, fleet, changes);
                }
                return id;
            });
        }
    }

    private void step(Transaction transaction, Fleet fleet, Changes changes) throws SQLException {
        Instant now = clock.instant();
        if (fleet.state() == State.PENDING_APPROVAL) {
            if (!now.isBefore(fleet.nextAt())) {
                become(transaction, fleet, State.EXPIRED, "fleet.expire");
            }
            return;
        }
        if (fleet.state() != State.RUNNING) {
            return;
        }
        Progress progress = progress(transaction, fleet.id());
        if (progress.ended() >= MIN_ENDED && progress.failed() * 100 > fleet.stopAtFailedPercent() * progress.ended()) {
            become(transaction, fleet, State.STOPPED, "fleet.stop");
            return;
        }
        if (progress.waiting() == 0 && progress.open() == 0) {
            become(transaction, fleet, State.DONE, "fleet.done");
            return;
        }
        begin(transaction, fleet, progress, now, changes);
    }

    private record Progress(long waiting, long open, long ended, long failed) {}

    private static Progress progress(Transaction transaction, String id) throws SQLException {
        Progress progress = transaction.first(
                """
                select count(*) filter (where t.command_id is null and t.refused is null),
                       count(*) filter (where c.deadline_ms is not null),
                       count(*) filter (where t.refused is not null or c.id is not null and c.deadline_ms is null),
                       count(*) filter (where t.refused is not null
                           or c.id is not null and c.deadline_ms is null and c.state <> 'SUCCESS')
                from fleet_target t left join command c on c.id = t.command_id where t.fleet_id = ?""", row -> new Progress(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)), id);
        return progress == null ? new Progress(0, 0, 0, 0) : progress;
    }

    private record Next(long position, String gatewayId, String target) {}

    private void begin(Transaction transaction, Fleet fleet, Progress progress, Instant now, Changes changes)
            throws SQLException {
        Duration pause = Duration.ofMinutes(1).dividedBy(fleet.ratePerMinute());
        // what could not be begun in time is not made up for all at once
        Instant earliest = now.minus(Duration.ofSeconds(2));
        Instant next = fleet.nextAt().isBefore(earliest) ? earliest : fleet.nextAt();
        long room = Math.min(MAX_AT_ONCE, fleet.maxOpen() - progress.open());
        for (Next one : next(transaction, fleet.id(), room)) {
            if (next.isAfter(now)) {
                break;
            }
            begin(transaction, fleet, one, now, changes);
            next = next.plus(pause);
        }
        transaction.update("update fleet_command set next_at_ms = ? where id = ?", next, fleet.id());
    }

    private static List<Next> next(Transaction transaction, String id, long room) throws SQLException {
        return room <= 0
                ? List.of()
                : transaction.all("""
                        select position, gateway_id, target from fleet_target
                        where fleet_id = ? and command_id is null and refused is null order by position limit ?""", row -> new Next(row.getLong(1), row.getString(2), row.getString(3)), id, room);
    }

    private void begin(Transaction transaction, Fleet fleet, Next one, Instant now, Changes changes)
            throws SQLException {
        CommandRequest request = new CommandRequest(
                one.gatewayId(),
                one.target(),
                fleet.type(),
                fleet.paramValues(),
                fleet.expiresIn(),
                fleet.reason(),
                null,
                false,
                fleet.id(),
                fleet.approvedBy());
        String id = null;
        String refused = null;
        try {
            Person requester = new Person(fleet.requestedBy(), Role.APPROVER.code());
            NewCommand command = checks.check(transaction, request, requester);
            id = command.insert(transaction, new Cause(fleet.requestedBy(), null, fleet.reason(), now));
            changes.command(id);
            turns.take(transaction, one.gatewayId(), Cause.system(now), changes);
        } catch (Problem problem) {
            refused = problem.code();
        }
        transaction.update(
                "update fleet_target set command_id = ?, refused = ? where fleet_id = ? and position = ?",
                id,
                refused,
                fleet.id(),
                one.position());
    }

    private void become(Transaction transaction, Fleet fleet, State to, String action) throws SQLException {
        transaction.update(
                "update fleet_command set state = ?, version = version + 1 where id = ?", to.name(), fleet.id());
        Map<String, @Nullable Object> metadata =
                Map.of("fleet", fleet.id(), "from", fleet.state().name(), "to", to.name());
        Audit.append(
                transaction, AuditEntry.of(clock.instant(), action, AuditEntry.SYSTEM, null, fleet.reason(), metadata));
    }
}
