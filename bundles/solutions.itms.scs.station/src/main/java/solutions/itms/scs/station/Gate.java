package solutions.itms.scs.station;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the station knows of one gate at one moment.
 *
 * @param status effective status: as reported, or {@link Status#OFFLINE} once it has fallen silent
 * @param reported what the gate said last
 * @param lastHeartbeat time of the last heartbeat by the gate's clock, or by ours when it sent no time
 * @param receivedAt time of the last heartbeat by our clock
 * @param sourceIp where the last heartbeat came from
 * @param extra fields of the last heartbeat that this software does not know, as a JSON object; null = none are kept
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
        @Nullable String message,
        @Nullable String extra) {

    /** A gate after its first heartbeat; what the heartbeat leaves out is as planned. */
    static Gate first(Heartbeat beat, @Nullable PlannedDevice planned, Instant now, @Nullable String sourceIp) {
        return new Gate(
                beat.id(),
                beat.ip(),
                beat.status(),
                beat.status(),
                beat.ts() == null ? now : beat.ts(),
                now,
                sourceIp,
                beat.gateId() == null && planned != null ? planned.gateId() : beat.gateId(),
                beat.side() == null && planned != null ? planned.side() : beat.side(),
                beat.type() == null && planned != null ? planned.type() : beat.type(),
                beat.message(),
                beat.extra());
    }

    /** This gate after a heartbeat. A field that the heartbeat leaves out keeps its value, but for the message. */
    Gate after(Heartbeat beat, Instant now, @Nullable String newSourceIp) {
        return new Gate(
                beat.id(),
                beat.ip(),
                beat.status(),
                beat.status(),
                beat.ts() == null ? now : beat.ts(),
                now,
                newSourceIp,
                beat.gateId() == null ? gateId : beat.gateId(),
                beat.side() == null ? side : beat.side(),
                beat.type() == null ? type : beat.type(),
                beat.message(),
                beat.extra());
    }

    /** This gate after a heartbeat that says nothing new. */
    Gate heardAgain(Instant now, @Nullable String newSourceIp) {
        return new Gate(
                id, ip, reported, reported, lastHeartbeat, now, newSourceIp, gateId, side, type, message, extra);
    }

    /** This gate once nothing has been heard of it for too long. */
    Gate silent() {
        return new Gate(
                id,
                ip,
                Status.OFFLINE,
                reported,
                lastHeartbeat,
                receivedAt,
                sourceIp,
                gateId,
                side,
                type,
                message,
                extra);
    }

    /** Whether the two differ in more than when and whence they were heard, and what is not known. */
    boolean differsFrom(Gate other) {
        return status != other.status
                || reported != other.reported
                || !ip.equals(other.ip)
                || !Objects.equals(gateId, other.gateId)
                || !Objects.equals(side, other.side)
                || !Objects.equals(type, other.type)
                || !Objects.equals(message, other.message);
    }

    /** Whether nothing but times differs. */
    boolean sameButForTimes(Gate other) {
        return !differsFrom(other) && Objects.equals(sourceIp, other.sourceIp) && Objects.equals(extra, other.extra);
    }
}
