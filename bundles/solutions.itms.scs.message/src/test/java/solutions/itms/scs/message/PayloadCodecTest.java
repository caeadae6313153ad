package solutions.itms.scs.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadCodecTest {
    private static final Payload FULL = new Payload(
            Instant.ofEpochMilli(1_755_269_794_123L),
            new Position(13.7563, 100.5018, 1.5, 2.0, 359.9, 0.0, Instant.ofEpochMilli(1), 7, -1),
            metrics(),
            new byte[] {0, 1, (byte) 0xFF});

    @Test
    void protobufReadsWhatWeWrite() throws Exception {
        assertThat(KuraProto.read(PayloadCodec.encodePlain(FULL))).isEqualTo(FULL);
    }

    @Test
    void weReadWhatProtobufWrites() throws Exception {
        assertThat(PayloadCodec.decode(KuraProto.write(FULL))).isEqualTo(FULL);
    }

    @Test
    void aThousandRandomPayloadsAreTheSameToBothImplementations() throws Exception {
        Random random = new Random(42);
        for (int i = 0; i < 1_000; i++) {
            Payload payload = randomPayload(random);
            assertThat(PayloadCodec.decode(KuraProto.write(payload))).isEqualTo(payload);
            assertThat(KuraProto.read(PayloadCodec.encodePlain(payload))).isEqualTo(payload);
            assertThat(PayloadCodec.decode(PayloadCodec.encode(payload))).isEqualTo(payload);
        }
    }

    @Test
    void damagedBytesAreAnErrorForUsWheneverTheyAreForProtobufAndNeverACrash() throws Exception {
        Random random = new Random(7);
        byte[] valid = PayloadCodec.encodePlain(FULL);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = damage(valid, random);
            Payload theirs = null;
            try {
                theirs = KuraProto.read(damaged);
            } catch (InvalidProtocolBufferException e) {
                refused++;
            }
            if (theirs == null) {
                assertThatThrownBy(() -> PayloadCodec.decode(damaged)).isInstanceOf(MalformedPayloadException.class);
            } else {
                assertThat(PayloadCodec.decode(damaged)).isEqualTo(theirs);
            }
        }
        assertThat(refused).isBetween(1_000, 19_000);
    }

    @Test
    void randomBytesNeverCrash() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            try {
                PayloadCodec.decode(bytes);
            } catch (MalformedPayloadException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void gzipIsUsedOnlyWhenItIsShorter() throws Exception {
        Payload repetitive = new Payload(null, null, Map.of("text", "a".repeat(1_000)), null);
        byte[] encoded = PayloadCodec.encode(repetitive);
        assertThat(encoded).hasSizeLessThan(200).startsWith(0x1F, 0x8B);
        assertThat(PayloadCodec.decode(encoded)).isEqualTo(repetitive);
        Payload tiny = Payload.of(Instant.EPOCH, Map.of("a", 1));
        assertThat(PayloadCodec.encode(tiny)).isEqualTo(PayloadCodec.encodePlain(tiny));
    }

    @Test
    void aPayloadThatGrowsBeyondTheLimitIsRefused() throws Exception {
        byte[] bomb = gzip(new byte[PayloadCodec.MAX_BYTES + 1]);
        assertThat(bomb).hasSizeLessThan(100_000);
        assertThatThrownBy(() -> PayloadCodec.decode(bomb))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("when decompressed");
        assertThatThrownBy(() -> PayloadCodec.decode(new byte[PayloadCodec.MAX_BYTES + 1]))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("at most 16777216 are allowed");
    }

    @Test
    void brokenGzipIsAnError() throws Exception {
        byte[] zipped = gzip("some text that is not very long".getBytes(StandardCharsets.UTF_8));
        byte[] cut = java.util.Arrays.copyOf(zipped, zipped.length - 5);
        assertThatThrownBy(() -> PayloadCodec.decode(cut))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("gzip");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c2b802 02 0800", // a metric without a name
                "c2b802 03 0a0161", // a metric without a type
                "c2b802 05 0a0161 1009", // a metric of unknown type
                "12 09 09 0000000000000000", // a position without longitude
                "08", // ends within a field
                "0c", // end of a group that was not begun
                "00", // field number 0
                "08 ffffffffffffffffffffff" // a varint of eleven bytes
            })
    void whatIsMalformedIsRefused(String hex) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> PayloadCodec.decode(bytes)).isInstanceOf(MalformedPayloadException.class);
        assertThatThrownBy(() -> KuraProto.read(bytes)).isInstanceOf(InvalidProtocolBufferException.class);
    }

    @Test
    void anEmptyPayloadIsOne() throws Exception {
        assertThat(PayloadCodec.decode(new byte[0])).isEqualTo(new Payload(null, null, Map.of(), null));
    }

    @Test
    void aMetricOfAnotherTypeIsNamed() {
        assertThatThrownBy(() -> PayloadCodec.encode(Payload.of(Instant.EPOCH, Map.of("when", Instant.EPOCH))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'when'");
    }

    private static Map<String, Object> metrics() {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("double", -0.1);
        metrics.put("float", Float.MIN_VALUE);
        // nine bytes: of a tenth, protobuf-java ignores all but that it is there
        metrics.put("long", 1L << 62);
        metrics.put("int", -1);
        metrics.put("bool", true);
        metrics.put("text", "สามย่าน \uD83D\uDE87");
        metrics.put("bytes", new byte[] {1, 2});
        metrics.put("", "");
        return metrics;
    }

    private static Payload randomPayload(Random random) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            Object value = switch (random.nextInt(7)) {
                case 0 -> random.nextDouble();
                case 1 -> random.nextFloat();
                case 2 -> random.nextLong();
                case 3 -> random.nextInt();
                case 4 -> random.nextBoolean();
                case 5 -> "t".repeat(random.nextInt(300));
                default -> bytes;
            };
            metrics.put("m" + i, value);
        }
        return new Payload(
                random.nextBoolean() ? Instant.ofEpochMilli(random.nextLong(-1L << 40, 1L << 45)) : null,
                random.nextBoolean() ? Position.of(random.nextDouble(), random.nextDouble()) : null,
                metrics,
                random.nextBoolean() ? new byte[random.nextInt(200)] : null);
    }

    private static byte[] damage(byte[] valid, Random random) {
        byte[] damaged = valid.clone();
        int places = 1 + random.nextInt(3);
        for (int i = 0; i < places; i++) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        return random.nextInt(4) == 0 ? java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }
}
