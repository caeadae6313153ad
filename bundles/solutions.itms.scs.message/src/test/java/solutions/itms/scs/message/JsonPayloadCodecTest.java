package solutions.itms.scs.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPayloadCodecTest {
    @Test
    void aPayloadAsKuraWritesItIsRead() throws Exception {
        String json = "{\"sentOn\":1755269794123,\"position\":{\"latitude\":13.75,\"longitude\":100.5,\"satellites\":7,"
                + "\"timestamp\":5},\"metrics\":{\"code\":\"A23D44567Q\",\"distance\":0.26456,\"temperature\":27,"
                + "\"count\":12354,\"happy\":true,\"none\":null},\"body\":\"AAH/\",\"more\":[{\"a\":1}]}";
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("code", "A23D44567Q");
        metrics.put("distance", 0.26456);
        metrics.put("temperature", 27L);
        metrics.put("count", 12354L);
        metrics.put("happy", true);
        assertThat(Payloads.decode(json.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Payload(
                        Instant.ofEpochMilli(1_755_269_794_123L),
                        new Position(13.75, 100.5, null, null, null, null, Instant.ofEpochMilli(5), 7, null),
                        metrics,
                        new byte[] {0, 1, (byte) 0xFF}));
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        Payload payload = new Payload(
                Instant.EPOCH,
                Position.of(1, 2),
                Map.of("text", "สามย่าน", "number", -5L, "real", 0.5, "flag", false),
                new byte[] {1});
        assertThat(Payloads.decode(JsonPayloadCodec.encode(payload))).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"metrics\":[]}",
                "{\"metrics\":{\"a\":{}}}",
                "{\"sentOn\":\"soon\"}",
                "{\"sentOn\":1e400}",
                "{\"position\":{\"latitude\":1}}",
                "{\"position\":{\"latitude\":\"1\",\"longitude\":2}}",
                "{\"body\":\"***\"}",
                "{} {}",
                "{\"metrics\":{\"a\":99999999999999999999}}",
                "{\"a\":[[[[[[[[[[1]]]]]]]]]]}"
            })
    void whatIsMalformedIsRefused(String json) {
        assertThatThrownBy(() -> Payloads.decode(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedPayloadException.class);
    }

    @Test
    void otherEncodingsAreNotTakenForJson() throws Exception {
        Payload payload = Payload.of(Instant.EPOCH, Map.of("{", 1L));
        assertThat(Payloads.decode(PayloadCodec.encode(payload))).isEqualTo(payload);
        assertThat(Payloads.decode(new byte[0])).isEqualTo(new Payload(null, null, Map.of(), null));
    }
}
