package solutions.itms.scs.cloud.mqtt;

import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraPosition;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Payloads;
import solutions.itms.scs.message.Position;

/** Kura's payloads as bytes, and back. */
final class KuraPayloadAdapter {
    private KuraPayloadAdapter() {}

    /**
     * The payload as it goes over the wire. A metric without a value is left out, as Kura does.
     *
     * @throws IllegalArgumentException if a metric has a type that a payload can't hold, the position lacks latitude or
     *     longitude, or the whole is larger than {@link PayloadCodec#MAX_BYTES}
     */
    static byte[] encode(KuraPayload kura) {
        return encode(fromKura(kura));
    }

    static byte[] encode(Payload payload) {
        byte[] bytes = PayloadCodec.encode(payload);
        if (bytes.length > PayloadCodec.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "the payload has " + bytes.length + " bytes; at most " + PayloadCodec.MAX_BYTES + " are allowed");
        }
        return bytes;
    }

    static Payload fromKura(KuraPayload kura) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        kura.metrics().forEach((name, value) -> {
            if (value != null) {
                metrics.put(name, value);
            }
        });
        return new Payload(instant(kura.getTimestamp()), position(kura.getPosition()), metrics, kura.getBody());
    }

    /** The payload in the bytes; when they are none, one with the bytes as its body, as Kura does. */
    static KuraPayload decode(byte[] bytes) {
        try {
            return toKura(Payloads.decode(bytes));
        } catch (MalformedPayloadException e) {
            KuraPayload kura = new KuraPayload();
            kura.setBody(bytes);
            return kura;
        }
    }

    static KuraPayload toKura(Payload payload) {
        KuraPayload kura = new KuraPayload();
        payload.metrics().forEach(kura::addMetric);
        kura.setTimestamp(date(payload.timestamp()));
        kura.setPosition(position(payload.position()));
        kura.setBody(payload.body());
        return kura;
    }

    private static @Nullable Position position(@Nullable KuraPosition kura) {
        if (kura == null) {
            return null;
        }
        Double latitude = kura.getLatitude();
        Double longitude = kura.getLongitude();
        if (latitude == null || longitude == null) {
            throw new IllegalArgumentException("a position must have latitude and longitude");
        }
        return new Position(
                latitude,
                longitude,
                kura.getAltitude(),
                kura.getPrecision(),
                kura.getHeading(),
                kura.getSpeed(),
                instant(kura.getTimestamp()),
                kura.getSatellites(),
                kura.getStatus());
    }

    private static @Nullable KuraPosition position(@Nullable Position position) {
        if (position == null) {
            return null;
        }
        KuraPosition kura = new KuraPosition();
        kura.setLatitude(position.latitude());
        kura.setLongitude(position.longitude());
        if (position.altitude() != null) {
            kura.setAltitude(position.altitude());
        }
        if (position.precision() != null) {
            kura.setPrecision(position.precision());
        }
        if (position.heading() != null) {
            kura.setHeading(position.heading());
        }
        if (position.speed() != null) {
            kura.setSpeed(position.speed());
        }
        if (position.satellites() != null) {
            kura.setSatellites(position.satellites());
        }
        if (position.status() != null) {
            kura.setStatus(position.status());
        }
        kura.setTimestamp(date(position.timestamp()));
        return kura;
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    private static @Nullable Date date(@Nullable Instant instant) {
        return instant == null ? null : Date.from(instant);
    }
}
