package solutions.itms.scs.server.command;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.Approval;
import solutions.itms.scs.message.command.CommandType;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.server.audit.Audit;
import solutions.itms.scs.server.audit.AuditEntry;
import solutions.itms.scs.server.command.Commands.Asker;
import solutions.itms.scs.server.command.Fleet.State;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.http.Problem;

/** What people do with commands for many devices. The commands themselves are made by {@link Rollout}. Thread-safe. */
final class FleetCommands {
    private static final Duration APPROVAL = Duration.ofMinutes(30);

    private final Commands commands;
    private final Checks checks;
    private final Clock clock;

    FleetCommands(Commands commands, Checks checks, Clock clock) {
        this.commands = commands;
        this.checks = checks;
        this.clock = clock;
    }

    /** Asks for one. @return its id, and whether it is new */
    Commands.Created create(Asker asker, FleetRequest request) {
        CommandType type = checks.type(request.type());
        if (type.isBreakGlass(request.params())) {
            throw new Problem(422, "no_break_glass", "Not for many", "An emergency can't be sent as a fleet command.");
        }
        requireValid(type, request);
        boolean waits = type.approval(request.params()) == Approval.SECOND_PERSON;
        return commands.write((transaction, changes) -> {
            String known = request.idempotencyKey() == null
                    ? null
                    : transaction.first(
                            "select id from fleet_command where requested_by = ? and idempotency_key = ?",
                            row -> row.getString(1),
                            asker.person().username(),
                            request.idempotencyKey());
            return known != null
                    ? new Commands.Created(known, false)
                    : new Commands.Created(insert(transaction, asker, request, waits), true);
        });
    }

    /** The parameter that names the device is filled in for each of them. */
    private static void requireValid(CommandType type, FleetRequest request) {
        FleetRequest.Target first = request.targets().get(0);
        String parameter = type.targetParameter();
        Map<String, @Nullable Object> params = new LinkedHashMap<>(request.params());
        if (parameter != null && !first.target().equals(first.gatewayId())) {
            params.putIfAbsent(parameter, first.target());
        }
        Checks.requireValid(type, params);
    }

    private String insert(Transaction transaction, Asker asker, FleetRequest request, boolean waits)
            throws SQLException {
        String id = UUID.randomUUID().toString().replace("-", "");
        Instant now = clock.instant();
        transaction.update(
                """
                insert into fleet_command (id, type, params, params_sha256, reason, state, version, requested_by,
                    created_at_ms, rate_per_minute, max_open, stop_at_failed_percent, expires_in_ms, idempotency_key,
                    next_at_ms)
                values (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)""",
                id,
                request.type(),
                new String(JsonText.canonical(request.params()), StandardCharsets.UTF_8),
                request.hash(),
                request.reason(),
                (waits ? State.PENDING_APPROVAL : State.RUNNING).name(),
                asker.person().username(),
                now,
                request.ratePerMinute(),
                request.maxOpen(),
                request.stopAtFailedPercent(),
                request.expiresInSeconds() * 1_000,
                request.idempotencyKey(),
                waits ? now.plus(APPROVAL) : now);
        long position = 0;
        for (FleetRequest.Target target : request.targets()) {
            transaction.update(
                    "insert into fleet_target (fleet_id, position, gateway_id, target) values (?, ?, ?, ?)",
                    id,
                    position++,
                    target.gatewayId(),
                    target.target());
        }
        audit(transaction, asker, "fleet.create", id, request.reason(), Map.of("targets", position));
        return id;
    }

    void approve(Asker asker, String id, String hash) {
        decide(asker, id, "fleet.approve", null, State.RUNNING, fleet -> {
            require(fleet, State.PENDING_APPROVAL);
            if (fleet.requestedBy().equals(asker.person().username())) {
                throw new Problem(
                        403, "own_request", "Not allowed", "Nobody can approve what they asked for themselves.");
            }
            if (!fleet.paramsSha256().equals(hash)) {
                throw Problem.conflict("params_changed", "'paramsHash' is not that of the command; look at it again.");
            }
        });
    }

    void reject(Asker asker, String id, @Nullable String reason) {
        decide(asker, id, "fleet.reject", reason, State.REJECTED, fleet -> require(fleet, State.PENDING_APPROVAL));
    }

    void pause(Asker asker, String id) {
        decide(asker, id, "fleet.pause", null, State.PAUSED, fleet -> require(fleet, State.RUNNING));
    }

    void resume(Asker asker, String id) {
        decide(asker, id, "fleet.resume", null, State.RUNNING, fleet -> require(fleet, State.PAUSED, State.STOPPED));
    }

    /** No more are begun; those that have not ended are asked to stop. */
    void cancel(Asker asker, String id, @Nullable String reason) {
        decide(
                asker,
                id,
                "fleet.cancel",
                reason,
                State.CANCELLED,
                fleet -> require(fleet, State.PENDING_APPROVAL, State.RUNNING, State.PAUSED, State.STOPPED));
        for (String command : commands.openOf(id)) {
            try {
                commands.cancel(asker, command, reason, false);
            } catch (Problem e) {
                // it has ended in between
            }
        }
    }

    /** Looks whether it may be done. */
    private interface Check {
        void check(Fleet fleet);
    }

    private void decide(Asker asker, String id, String action, @Nullable String reason, State to, Check check) {
        commands.write((transaction, changes) -> {
            Fleet fleet = Fleet.find(transaction, id);
            if (fleet == null) {
                throw Problem.notFound("There is no such fleet command.");
            }
            check.check(fleet);
            boolean approval = fleet.state() == State.PENDING_APPROVAL && to == State.RUNNING;
            transaction.update(
                    """
                    update fleet_command set state = ?, version = version + 1, next_at_ms = ?,
                        approved_by = coalesce(?, approved_by) where id = ?""", to.name(), clock.instant(), approval ? asker.person().username() : null, id);
            audit(
                    transaction,
                    asker,
                    action,
                    id,
                    reason,
                    Map.of("from", fleet.state().name(), "to", to.name()));
            return id;
        });
    }

    private static void require(Fleet fleet, State... states) {
        if (!List.of(states).contains(fleet.state())) {
            throw Problem.conflict(
                            "wrong_state", "This can't be done with a fleet command that is " + fleet.state() + ".")
                    .with("state", fleet.state().name());
        }
    }

    private void audit(
            Transaction transaction,
            Asker asker,
            String action,
            String id,
            @Nullable String reason,
            Map<String, ?> more)
            throws SQLException {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(more);
        metadata.put("fleet", id);
        Audit.append(
                transaction,
                AuditEntry.of(clock.instant(), action, asker.person().username(), asker.requestId(), reason, metadata));
    }
}
