package solutions.itms.scs.server.device;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.GateBeats;
import solutions.itms.scs.message.GateState;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.server.db.Transaction;

/** Writes what gateways say of their gates. Older news never replaces newer. */
public final class GateTable {
    /** Gates that one gateway may have; a station has a few dozen. */
    public static final int MAX_GATES = 2_000;

    private static final int MAX_ID = 128;
    private static final int MAX_LABEL = 128;
    private static final int MAX_MESSAGE = 1_000;
    private static final List<String> STATUSES = List.of("online", "maintenance", "fault", "offline", "unknown");

    private GateTable() {}

    /**
     * Where a message stands among those of its gateway.
     *
     * @param epochId grows with each epoch; null, as seq, when the message has no number
     * @param at device time; decides between messages without a number
     */
    public record Order(
            @Nullable Long epochId,
            @Nullable Long seq,
            @Nullable Instant at) {
        boolean isBefore(Order other) {
            if (epochId != null && seq != null && other.epochId != null && other.seq != null) {
                return epochId.equals(other.epochId) ? seq < other.seq : epochId < other.epochId;
            }
            return at != null && other.at != null && at.isBefore(other.at);
        }
    }

    /** Takes a gate's state. */
    public static void take(
            Transaction transaction, String gatewayId, GateState state, Order order, Instant now, Changes changes)
            throws SQLException, MalformedPayloadException {
        check(state);
        Order present = stateOrder(transaction, gatewayId, state.id());
        if (present == null) {
            checkRoom(transaction, gatewayId);
            transaction.update(
                    "insert into gate (gateway_id, id, status, received_at_ms) values (?, ?, 'unknown', ?)",
                    gatewayId,
                    state.id(),
                    now);
            changes.gateway(gatewayId);
        } else if (order.isBefore(present)) {
            return;
        }
        transaction.update(
                """
                update gate set status = ?, reported_status = ?, last_heartbeat_ms = ?, ip = ?, gate_group = ?,
                    side = ?, type = ?, message = ?, state_at_ms = ?, received_at_ms = ?, state_epoch_id = ?,
                    state_seq = ?
                where gateway_id = ? and id = ?""",
                state.status(),
                state.reportedStatus(),
                state.lastHeartbeat(),
                state.ip(),
                state.gateId(),
                state.side(),
                state.type(),
                clip(state.message()),
                order.at(),
                now,
                order.epochId(),
                order.seq(),
                gatewayId,
                state.id());
        if (state.receivedAt() != null) {
            seen(transaction, gatewayId, state.id(), state.receivedAt(), order);
        }
        changes.gate(new GateKey(gatewayId, state.id()));
    }

    /** Takes the times of heartbeats. One of a gate whose state has not come yet is left out. */
    public static void take(Transaction transaction, String gatewayId, GateBeats beats, Order order, Changes changes)
            throws SQLException, MalformedPayloadException {
        if (beats.beats().size() > MAX_GATES) {
            throw new MalformedPayloadException("beats of more than " + MAX_GATES + " gates");
        }
        for (Map.Entry<String, GateBeats.Beat> beat : beats.beats().entrySet()) {
            if (seen(transaction, gatewayId, beat.getKey(), beat.getValue().receivedAt(), order)) {
                transaction.update(
                        "update gate set last_heartbeat_ms = ? where gateway_id = ? and id = ?",
                        beat.getValue().lastHeartbeat(),
                        gatewayId,
                        beat.getKey());
                changes.quietGate(new GateKey(gatewayId, beat.getKey()));
            }
        }
    }

    /** By number where there is one, so that a station's clock that ran ahead once can be put right. */
    private static boolean seen(Transaction transaction, String gatewayId, String id, Instant at, Order order)
            throws SQLException {
        Order present = transaction.first(
                "select seen_epoch_id, seen_seq, last_seen_ms from gate where gateway_id = ? and id = ?",
                GateTable::order,
                gatewayId,
                id);
        if (present == null || new Order(order.epochId(), order.seq(), at).isBefore(present)) {
            return false;
        }
        transaction.update(
                "update gate set last_seen_ms = ?, seen_epoch_id = ?, seen_seq = ? where gateway_id = ? and id = ?",
                at,
                order.epochId(),
                order.seq(),
                gatewayId,
                id);
        return true;
    }

    private static @Nullable Order stateOrder(Transaction transaction, String gatewayId, String id)
            throws SQLException {
        return transaction.first(
                "select state_epoch_id, state_seq, state_at_ms from gate where gateway_id = ? and id = ?",
                GateTable::order,
                gatewayId,
                id);
    }

    /** Reads epoch, seq and time, in this order. */
    static Order order(ResultSet row) throws SQLException {
        return new Order(longOrNull(row, 1), longOrNull(row, 2), instantOrNull(row, 3));
    }

    private static void checkRoom(Transaction transaction, String gatewayId)
            throws SQLException, MalformedPayloadException {
        if (transaction.number("select count(*) from gate where gateway_id = ?", gatewayId) >= MAX_GATES) {
            throw new MalformedPayloadException("the gateway has " + MAX_GATES + " gates already");
        }
    }

    private static void check(GateState state) throws MalformedPayloadException {
        if (!STATUSES.contains(state.status())) {
            throw new MalformedPayloadException("the status is none of " + STATUSES);
        }
        checkLength("id", state.id(), MAX_ID);
        checkLength("reported_status", state.reportedStatus(), MAX_LABEL);
        checkLength("ip", state.ip(), MAX_LABEL);
        checkLength("gate_id", state.gateId(), MAX_LABEL);
        checkLength("side", state.side(), MAX_LABEL);
        checkLength("type", state.type(), MAX_LABEL);
    }

    private static void checkLength(String name, @Nullable String value, int max) throws MalformedPayloadException {
        if (value != null && value.length() > max) {
            throw new MalformedPayloadException("'" + name + "' has more than " + max + " characters");
        }
    }

    private static @Nullable String clip(@Nullable String text) {
        return text == null || text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE);
    }

    private static @Nullable Long longOrNull(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Instant instantOrNull(ResultSet row, int column) throws SQLException {
        Long millis = longOrNull(row, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
