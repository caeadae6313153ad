package solutions.itms.scs.message;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kura's payload as protobuf-java reads and writes it: an implementation that knows nothing of ours. */
final class KuraProto {
    private static final List<String> VALUE_FIELDS = List.of(
            "double_value", "float_value", "long_value", "int_value", "bool_value", "string_value", "bytes_value");

    private static final Descriptor PAYLOAD = payload();
    private static final Descriptor METRIC = PAYLOAD.findFieldByName("metric").getMessageType();
    private static final Descriptor POSITION =
            PAYLOAD.findFieldByName("position").getMessageType();

    private KuraProto() {}

    static byte[] write(Payload payload) {
        DynamicMessage.Builder out = DynamicMessage.newBuilder(PAYLOAD);
        set(
                out,
                "timestamp",
                payload.timestamp() == null ? null : payload.timestamp().toEpochMilli());
        if (payload.position() != null) {
            out.setField(PAYLOAD.findFieldByName("position"), write(payload.position()));
        }
        payload.metrics()
                .forEach((name, value) -> out.addRepeatedField(PAYLOAD.findFieldByName("metric"), metric(name, value)));
        set(out, "body", payload.body() == null ? null : ByteString.copyFrom(payload.body()));
        return out.build().toByteArray();
    }

    static Payload read(byte[] bytes) throws InvalidProtocolBufferException {
        DynamicMessage in = DynamicMessage.parseFrom(PAYLOAD, bytes);
        Map<String, Object> metrics = new LinkedHashMap<>();
        for (Object each : (List<?>) in.getField(PAYLOAD.findFieldByName("metric"))) {
            Message metric = (Message) each;
            String name = (String) metric.getField(METRIC.findFieldByName("name"));
            int type = ((com.google.protobuf.Descriptors.EnumValueDescriptor)
                            metric.getField(METRIC.findFieldByName("type")))
                    .getNumber();
            Object value = metric.getField(METRIC.findFieldByName(VALUE_FIELDS.get(type)));
            metrics.put(name, value instanceof ByteString b ? b.toByteArray() : value);
        }
        Long timestamp = (Long) get(in, "timestamp");
        Message position = (Message) get(in, "position");
        ByteString body = (ByteString) get(in, "body");
        return new Payload(
                timestamp == null ? null : Instant.ofEpochMilli(timestamp),
                position == null ? null : position(position),
                metrics,
                body == null ? null : body.toByteArray());
    }

    private static Message metric(String name, Object value) {
        int type = List.of(
                        Double.class, Float.class, Long.class, Integer.class, Boolean.class, String.class, byte[].class)
                .indexOf(value.getClass());
        Object wire = value instanceof byte[] b ? ByteString.copyFrom(b) : value;
        return DynamicMessage.newBuilder(METRIC)
                .setField(METRIC.findFieldByName("name"), name)
                .setField(
                        METRIC.findFieldByName("type"),
                        METRIC.findFieldByName("type").getEnumType().findValueByNumber(type))
                .setField(METRIC.findFieldByName(VALUE_FIELDS.get(type)), wire)
                .build();
    }

    private static Message write(Position position) {
        DynamicMessage.Builder out = DynamicMessage.newBuilder(POSITION);
        set(out, "latitude", position.latitude());
        set(out, "longitude", position.longitude());
        set(out, "altitude", position.altitude());
        set(out, "precision", position.precision());
        set(out, "heading", position.heading());
        set(out, "speed", position.speed());
        set(
                out,
                "timestamp",
                position.timestamp() == null ? null : position.timestamp().toEpochMilli());
        set(out, "satellites", position.satellites());
        set(out, "status", position.status());
        return out.build();
    }

    private static Position position(Message in) {
        Long timestamp = (Long) get(in, "timestamp");
        return new Position(
                (Double) in.getField(POSITION.findFieldByName("latitude")),
                (Double) in.getField(POSITION.findFieldByName("longitude")),
                (Double) get(in, "altitude"),
                (Double) get(in, "precision"),
                (Double) get(in, "heading"),
                (Double) get(in, "speed"),
                timestamp == null ? null : Instant.ofEpochMilli(timestamp),
                (Integer) get(in, "satellites"),
                (Integer) get(in, "status"));
    }

    private static void set(DynamicMessage.Builder out, String field, @Nullable Object value) {
        if (value != null) {
            out.setField(out.getDescriptorForType().findFieldByName(field), value);
        }
    }

    private static @Nullable Object get(Message in, String field) {
        var descriptor = in.getDescriptorForType().findFieldByName(field);
        return in.hasField(descriptor) ? in.getField(descriptor) : null;
    }

    private static Descriptor payload() {
        DescriptorProto.Builder metric = DescriptorProto.newBuilder()
                .setName("KuraMetric")
                .addField(field("name", 1, Type.TYPE_STRING, Label.LABEL_REQUIRED))
                .addField(field("type", 2, Type.TYPE_ENUM, Label.LABEL_REQUIRED).toBuilder()
                        .setTypeName(".kuradatatypes.KuraPayload.KuraMetric.ValueType"));
        List<Type> types = List.of(
                Type.TYPE_DOUBLE,
                Type.TYPE_FLOAT,
                Type.TYPE_INT64,
                Type.TYPE_INT32,
                Type.TYPE_BOOL,
                Type.TYPE_STRING,
                Type.TYPE_BYTES);
        EnumDescriptorProto.Builder values = EnumDescriptorProto.newBuilder().setName("ValueType");
        for (int i = 0; i < types.size(); i++) {
            metric.addField(field(VALUE_FIELDS.get(i), 3 + i, types.get(i), Label.LABEL_OPTIONAL));
            values.addValue(EnumValueDescriptorProto.newBuilder()
                    .setName(types.get(i).name().substring(5))
                    .setNumber(i));
        }
        DescriptorProto.Builder position = DescriptorProto.newBuilder()
                .setName("KuraPosition")
                .addField(field("latitude", 1, Type.TYPE_DOUBLE, Label.LABEL_REQUIRED))
                .addField(field("longitude", 2, Type.TYPE_DOUBLE, Label.LABEL_REQUIRED));
        List<String> doubles = List.of("altitude", "precision", "heading", "speed");
        for (int i = 0; i < doubles.size(); i++) {
            position.addField(field(doubles.get(i), 3 + i, Type.TYPE_DOUBLE, Label.LABEL_OPTIONAL));
        }
        position.addField(field("timestamp", 7, Type.TYPE_INT64, Label.LABEL_OPTIONAL))
                .addField(field("satellites", 8, Type.TYPE_INT32, Label.LABEL_OPTIONAL))
                .addField(field("status", 9, Type.TYPE_INT32, Label.LABEL_OPTIONAL));
        DescriptorProto payload = DescriptorProto.newBuilder()
                .setName("KuraPayload")
                .addNestedType(metric.addEnumType(values))
                .addNestedType(position)
                .addField(field("timestamp", 1, Type.TYPE_INT64, Label.LABEL_OPTIONAL))
                .addField(field("position", 2, Type.TYPE_MESSAGE, Label.LABEL_OPTIONAL).toBuilder()
                        .setTypeName(".kuradatatypes.KuraPayload.KuraPosition"))
                .addField(field("metric", 5000, Type.TYPE_MESSAGE, Label.LABEL_REPEATED).toBuilder()
                        .setTypeName(".kuradatatypes.KuraPayload.KuraMetric"))
                .addField(field("body", 5001, Type.TYPE_BYTES, Label.LABEL_OPTIONAL))
                .build();
        try {
            return FileDescriptor.buildFrom(
                            FileDescriptorProto.newBuilder()
                                    .setName("kurapayload.proto")
                                    .setPackage("kuradatatypes")
                                    .setSyntax("proto2")
                                    .addMessageType(payload)
                                    .build(),
                            new FileDescriptor[0])
                    .findMessageTypeByName("KuraPayload");
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FieldDescriptorProto field(String name, int number, Type type, Label label) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(label)
                .build();
    }
}
