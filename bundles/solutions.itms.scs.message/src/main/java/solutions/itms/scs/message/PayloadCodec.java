package solutions.itms.scs.message;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Kura's protocol buffer payload ({@code kuradatatypes.KuraPayload}, proto2), gzip-compressed when that is shorter.
 *
 * <p>Wire: 1 timestamp int64 ms, 2 position, 3 to 4999 extensions, 5000 metric, 5001 body. A metric is 1 name, 2 type
 * {DOUBLE 0, FLOAT 1, INT64 2, INT32 3, BOOL 4, STRING 5, BYTES 6} and its value in field 3 to 9. Unknown fields are
 * skipped; a metric without a value has its type's zero, as in proto2.
 */
public final class PayloadCodec {
    /** Largest payload that is read, before and after decompression: Kura's own limit. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final int METRIC = 5000;
    private static final int BODY = 5001;

    private PayloadCodec() {}

    /**
     * The payload as bytes.
     *
     * @throws IllegalArgumentException if a metric has a type that a Kura payload can't hold
     */
    public static byte[] encode(Payload payload) {
        byte[] plain = encodePlain(payload);
        byte[] zipped = gzip(plain);
        return zipped.length < plain.length ? zipped : plain;
    }

    /** The payload as uncompressed bytes; see {@link #encode}. */
    public static byte[] encodePlain(Payload payload) {
        WireWriter out = new WireWriter();
        if (payload.timestamp() != null) {
            out.varintField(1, payload.timestamp().toEpochMilli());
        }
        if (payload.position() != null) {
            out.messageField(2, PositionCodec.write(payload.position()));
        }
        payload.metrics().forEach((name, value) -> out.messageField(METRIC, metric(name, value)));
        if (payload.body() != null) {
            out.bytesField(BODY, payload.body());
        }
        return out.toByteArray();
    }

    /**
     * Reads a payload, compressed or not.
     *
     * @throws MalformedPayloadException if the bytes are none, or more than {@link #MAX_BYTES}
     */
    public static Payload decode(byte[] bytes) throws MalformedPayloadException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedPayloadException(bytes.length + " bytes; at most " + MAX_BYTES + " are allowed");
        }
        byte[] plain = isGzip(bytes) ? gunzip(bytes) : bytes;
        WireReader in = new WireReader(plain, 0, plain.length);
        Instant timestamp = null;
        PositionCodec position = null;
        byte[] body = null;
        Map<String, Object> metrics = new LinkedHashMap<>();
        while (in.hasMore()) {
            int tag = in.tag();
            switch (tag) {
                case 1 << 3 | WireReader.VARINT -> timestamp = Instant.ofEpochMilli(in.varint());
                case 2 << 3 | WireReader.BYTES -> {
                    position = position == null ? new PositionCodec() : position;
                    position.read(in.message());
                }
                case METRIC << 3 | WireReader.BYTES -> readMetric(in.message(), metrics);
                case BODY << 3 | WireReader.BYTES -> body = in.bytes();
                default -> in.skip(tag);
            }
        }
        return new Payload(timestamp, position == null ? null : position.position(), metrics, body);
    }

    private static WireWriter metric(String name, Object value) {
        WireWriter out = new WireWriter();
        out.stringField(1, name);
        if (value instanceof Double v) {
            out.varintField(2, 0);
            out.doubleField(3, v);
        } else if (value instanceof Float v) {
            out.varintField(2, 1);
            out.floatField(4, v);
        } else if (value instanceof Long v) {
            out.varintField(2, 2);
            out.varintField(5, v);
        } else if (value instanceof Integer v) {
            out.varintField(2, 3);
            out.varintField(6, v);
        } else if (value instanceof Boolean v) {
            out.varintField(2, 4);
            out.varintField(7, v ? 1 : 0);
        } else if (value instanceof String v) {
            out.varintField(2, 5);
            out.stringField(8, v);
        } else if (value instanceof byte[] v) {
            out.varintField(2, 6);
            out.bytesField(9, v);
        } else {
            throw new IllegalArgumentException("metric '" + name + "': a payload can't hold a " + value.getClass());
        }
        return out;
    }

    private static void readMetric(WireReader in, Map<String, Object> metrics) throws MalformedPayloadException {
        String name = null;
        int type = -1;
        double doubleValue = 0;
        float floatValue = 0;
        long longValue = 0;
        int intValue = 0;
        boolean boolValue = false;
        String stringValue = "";
        byte[] bytesValue = {};
        while (in.hasMore()) {
            int tag = in.tag();
            switch (tag) {
                case 1 << 3 | WireReader.BYTES -> name = in.string();
                case 2 << 3 | WireReader.VARINT -> type = metricType((int) in.varint(), type);
                case 3 << 3 | WireReader.FIXED64 -> doubleValue = in.fixedDouble();
                case 4 << 3 | WireReader.FIXED32 -> floatValue = in.fixedFloat();
                case 5 << 3 | WireReader.VARINT -> longValue = in.varint();
                case 6 << 3 | WireReader.VARINT -> intValue = (int) in.varint();
                case 7 << 3 | WireReader.VARINT -> boolValue = in.varint() != 0;
                case 8 << 3 | WireReader.BYTES -> stringValue = in.string();
                case 9 << 3 | WireReader.BYTES -> bytesValue = in.bytes();
                default -> in.skip(tag);
            }
        }
        if (name == null) {
            throw new MalformedPayloadException("a metric has no name");
        }
        Object value = switch (type) {
            case 0 -> doubleValue;
            case 1 -> floatValue;
            case 2 -> longValue;
            case 3 -> intValue;
            case 4 -> boolValue;
            case 5 -> stringValue;
            case 6 -> bytesValue;
            default -> throw new MalformedPayloadException("metric '" + name + "' has no known type");
        };
        metrics.put(name, value);
    }

    /** proto2: a number that the enumeration does not have leaves the field as it was. */
    private static int metricType(int read, int before) {
        return read >= 0 && read <= 6 ? read : before;
    }

    private static boolean isGzip(byte[] bytes) {
        // as the first tag these two bytes would have wire type 7, which does not exist
        return bytes.length >= 2 && (bytes[0] & 0xFF) == 0x1F && (bytes[1] & 0xFF) == 0x8B;
    }

    private static byte[] gunzip(byte[] bytes) throws MalformedPayloadException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] plain = in.readNBytes(MAX_BYTES + 1);
            if (plain.length > MAX_BYTES) {
                throw new MalformedPayloadException("more than " + MAX_BYTES + " bytes when decompressed");
            }
            return plain;
        } catch (IOException e) {
            throw new MalformedPayloadException("broken gzip data", e);
        }
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2 + 32);
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
