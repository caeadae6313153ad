package solutions.itms.scs.station;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the station knows of one gate at one moment.
 *
 * @param status effective status: as reported, or {@link Status#OFFLINE} once it has fallen silent
 * @param reported what the gate said last
 * @param lastHeartbeat time of the last heartbeat by the gate's clock, or by ours when it sent no time
 * @param receivedAt time of the last heartbeat by our clock
 * @param sourceIp where the last heartbeat came from
 */
record Gate(
        String id,
        String ip,
        Status status,
        Status reported,
        Instant lastHeartbeat,
        Instant receivedAt,
        @Nullable String sourceIp,
        @Nullable String gateId,
        @Nullable String side,
        @Nullable String type,
        @Nullable String message) {

    /** This gate after a heartbeat. A field that the heartbeat leaves out keeps its value, but for the message. */
    static Gate after(@Nullable Gate before, Heartbeat beat, Instant now, @Nullable String sourceIp) {
        return new Gate(
                beat.id(),
                beat.ip(),
                beat.status(),
                beat.status(),
                beat.ts() == null ? now : beat.ts(),
                now,
                sourceIp,
                beat.gateId() == null && before != null ? before.gateId : beat.gateId(),
                beat.side() == null && before != null ? before.side : beat.side(),
                beat.type() == null && before != null ? before.type : beat.type(),
                beat.message());
    }

    /** This gate once nothing has been heard of it for too long. */
    Gate silent() {
        return new Gate(
                id, ip, Status.OFFLINE, reported, lastHeartbeat, receivedAt, sourceIp, gateId, side, type, message);
    }

    /** Whether the two differ in more than the time of the last heartbeat. */
    boolean differsFrom(@Nullable Gate other) {
        return other == null || !withTimesOf(other).equals(other);
    }

    private Gate withTimesOf(Gate other) {
        return new Gate(
                id,
                ip,
                status,
                reported,
                other.lastHeartbeat,
                other.receivedAt,
                other.sourceIp,
                gateId,
                side,
                type,
                message);
    }
}
