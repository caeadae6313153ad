package solutions.itms.scs.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Kura's position within a payload: 1 latitude, 2 longitude, 3 altitude, 4 precision, 5 heading, 6 speed (doubles), 7
 * timestamp, 8 satellites, 9 status. A position that comes in several parts is put together, as in proto2.
 */
final class PositionCodec {
    private final @Nullable Double[] doubles = new @Nullable Double[7];
    private @Nullable Instant timestamp;
    private @Nullable Integer satellites;
    private @Nullable Integer status;

    static WireWriter write(Position position) {
        WireWriter out = new WireWriter();
        out.doubleField(1, position.latitude());
        out.doubleField(2, position.longitude());
        optional(out, 3, position.altitude());
        optional(out, 4, position.precision());
        optional(out, 5, position.heading());
        optional(out, 6, position.speed());
        if (position.timestamp() != null) {
            out.varintField(7, position.timestamp().toEpochMilli());
        }
        if (position.satellites() != null) {
            out.varintField(8, position.satellites());
        }
        if (position.status() != null) {
            out.varintField(9, position.status());
        }
        return out;
    }

    /** Reads one part of it. */
    void read(WireReader in) throws MalformedPayloadException {
        while (in.hasMore()) {
            int tag = in.tag();
            int field = tag >>> 3;
            if ((tag & 7) == WireReader.FIXED64 && field < doubles.length) {
                doubles[field] = in.fixedDouble();
            } else if (tag == (7 << 3 | WireReader.VARINT)) {
                timestamp = Instant.ofEpochMilli(in.varint());
            } else if (tag == (8 << 3 | WireReader.VARINT)) {
                satellites = (int) in.varint();
            } else if (tag == (9 << 3 | WireReader.VARINT)) {
                status = (int) in.varint();
            } else {
                in.skip(tag);
            }
        }
    }

    /** What has been read. */
    Position position() throws MalformedPayloadException {
        Double latitude = doubles[1];
        Double longitude = doubles[2];
        if (latitude == null || longitude == null) {
            throw new MalformedPayloadException("the position has no latitude or no longitude");
        }
        return new Position(
                latitude, longitude, doubles[3], doubles[4], doubles[5], doubles[6], timestamp, satellites, status);
    }

    private static void optional(WireWriter out, int field, @Nullable Double value) {
        if (value != null) {
            out.doubleField(field, value);
        }
    }
}
