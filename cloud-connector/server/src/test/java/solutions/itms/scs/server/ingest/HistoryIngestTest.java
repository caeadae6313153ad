package solutions.itms.scs.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solutions.itms.scs.message.JsonPayloadCodec;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Sequence;

/** What of a message comes into the history, and what does not. */
class HistoryIngestTest extends IngestFixture {
    private static final String METRICS = "scs/GW/SCS-V1/gateway/metrics";
    private static final Instant AT = Instant.parse("2026-03-01T07:00:00.125Z");

    @Test
    void everyTypeOfMetricIsKeptUnderTheTimeOfTheDeviceAndOfTheServer() throws Exception {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("double", 1.5);
        metrics.put("float", 0.25f);
        metrics.put("int64", Long.MAX_VALUE);
        metrics.put("int32", -7);
        metrics.put("bool", true);
        metrics.put("string", "ประตู");
        metrics.put("bytes", new byte[] {1, 2, 3});
        take(METRICS, numbered(1, Payload.of(AT, metrics)));

        awaitAcknowledged(1);
        assertThat(samples())
                .containsExactlyInAnyOrder(
                        "gateway/metrics double double 1.5",
                        "gateway/metrics float float 0.25",
                        "gateway/metrics int64 int64 9223372036854775807",
                        "gateway/metrics int32 int32 -7",
                        "gateway/metrics bool bool 1",
                        "gateway/metrics string string ประตู",
                        "gateway/metrics bytes bytes AQID");
        assertThat(number("select count(*) from sample where at_ms = " + AT.toEpochMilli() + " and received_ms = "
                        + clock.millis() + " and device_ms is null and seq = 1 and epoch_id > 0"))
                .isEqualTo(7);
    }

    @Test
    void aMessageThatComesAgainIsKeptOnceAndOneThatComesLateStandsWhereItBelongs() throws Exception {
        take(METRICS, numbered(2, Payload.of(AT.plusSeconds(10), Map.of("cpu", 2.5))));
        take(METRICS, numbered(2, Payload.of(AT.plusSeconds(10), Map.of("cpu", 2.5))));
        take(METRICS, numbered(1, Payload.of(AT, Map.of("cpu", 1.5))));
        take(METRICS, numbered(3, Payload.of(AT.plusSeconds(10), Map.of("cpu", 3.5))));

        awaitAcknowledged(4);
        assertThat(column("select number from sample order by at_ms, seq")).containsExactly("1.5", "2.5", "3.5");
    }

    @Test
    void withoutANumberASampleOfTheSameMomentIsKeptOnce() throws Exception {
        take(METRICS, PayloadCodec.encode(Payload.of(AT, Map.of("cpu", 1.5))));
        take(METRICS, PayloadCodec.encode(Payload.of(AT, Map.of("cpu", 1.5))));
        take(METRICS, PayloadCodec.encode(Payload.of(AT.plusMillis(1), Map.of("cpu", 2.5))));

        awaitAcknowledged(3);
        assertThat(column("select number from sample order by at_ms")).containsExactly("1.5", "2.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "gzip", "json"})
    void messagesOfStockKuraAreKeptUnderTheirApplication(String encoding) throws Exception {
        Payload payload = Payload.of(AT, Map.of("temperature", 21.5, "note", "x".repeat(500)));
        take(
                "scs/GW/W1/A1/assets",
                switch (encoding) {
                    case "plain" -> PayloadCodec.encodePlain(payload);
                    case "gzip" -> PayloadCodec.encode(payload);
                    default -> JsonPayloadCodec.encode(payload);
                });

        awaitAcknowledged(1);
        assertThat(samples()).contains("W1/A1/assets temperature double 21.5").hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:05Z", "2106-02-07T06:28:15Z", "-1000000-01-01T00:00:00Z"})
    void aTimeThatCannotBeRightIsReplacedAndKeptBesideIt(String time) throws Exception {
        Instant odd = Instant.parse(time);
        take(METRICS, numbered(1, Payload.of(odd, Map.of("cpu", 1.5))));

        awaitAcknowledged(1);
        assertThat(number("select count(*) from sample where at_ms = " + clock.millis() + " and device_ms = "
                        + odd.toEpochMilli()))
                .isEqualTo(1);
        assertThat(ingest.historyCounts().clockReplaced()).isEqualTo(1);
    }

    @Test
    void aMessageWithoutATimeIsKeptUnderTheServers() throws Exception {
        take(METRICS, PayloadCodec.encode(Payload.of(Map.of("cpu", 1.5))));

        awaitAcknowledged(1);
        assertThat(number("select count(*) from sample where device_ms is null and at_ms = " + clock.millis()))
                .isEqualTo(1);
    }

    @Test
    void valuesThatCannotBeKeptAreLeftOutAndCountedAndTheOthersKept() throws Exception {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("nan", Double.NaN);
        metrics.put("infinite", Float.NEGATIVE_INFINITY);
        metrics.put("long", "x".repeat(5_000));
        metrics.put("zero", "a\0b");
        metrics.put("large", new byte[5_000]);
        metrics.put("n".repeat(300), 1);
        metrics.put("", 1);
        metrics.put("cpu", 4.5);
        take(METRICS, numbered(1, Payload.of(AT, metrics)));

        awaitAcknowledged(1);
        assertThat(samples()).containsExactly("gateway/metrics cpu double 4.5");
        assertThat(ingest.historyCounts().refused()).isEqualTo(7);
        assertThat(ingest.historyCounts().stored()).isEqualTo(1);
        assertThat(gateway().received()).isEqualTo(1);
    }

    @Test
    void aMessageWithTooManyMetricsIsRejectedAndTheNextTaken() throws Exception {
        Map<String, Object> metrics = new LinkedHashMap<>();
        for (int i = 0; i < 10_000; i++) {
            metrics.put("m" + i, i);
        }
        take(METRICS, numbered(1, Payload.of(AT, metrics)));
        take(METRICS, numbered(2, Payload.of(AT, Map.of("cpu", 1.5))));

        awaitAcknowledged(2);
        assertThat(column("select reason from bad_message"))
                .containsExactly("10002 metrics; at most 1000 are kept of a message");
        assertThat(samples()).containsExactly("gateway/metrics cpu double 1.5");
        assertThat(gateway().gaps()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "a/\u0001/b", "a/+/b", "a/#", "/", "a\nb", "\0"})
    void aTopicWithAnOddLevelIsRejectedAndTheNextMessageTaken(String subject) throws Exception {
        take("scs/GW/SCS-V1/" + subject, numbered(1, Payload.of(AT, Map.of("cpu", 1.5))));
        take(METRICS, numbered(2, Payload.of(AT, Map.of("cpu", 2.5))));

        awaitAcknowledged(2);
        assertThat(column("select reason from bad_message"))
                .singleElement()
                .asString()
                .contains("topic behind");
        assertThat(samples()).containsExactly("gateway/metrics cpu double 2.5");
        assertThat(gateway().gaps()).isZero();
    }

    @Test
    void aGatewayHasALimitedNumberOfSeries() throws Exception {
        for (int message = 0; message < 6; message++) {
            Map<String, Object> metrics = new LinkedHashMap<>();
            for (int i = 0; i < 900; i++) {
                metrics.put("m" + (message * 900 + i), i);
            }
            take(METRICS, numbered(message + 1, Payload.of(AT, metrics)));
        }

        awaitAcknowledged(6);
        assertThat(number("select count(*) from series")).isEqualTo(5_000);
        assertThat(ingest.historyCounts().stored()).isEqualTo(5_000);
        assertThat(ingest.historyCounts().refused()).isEqualTo(400);
    }

    @Test
    void aMetricMayChangeItsType() throws Exception {
        take(METRICS, numbered(1, Payload.of(AT, Map.of("m", 1L))));
        take(METRICS, numbered(2, Payload.of(AT.plusSeconds(1), Map.of("m", "two"))));
        awaitAcknowledged(2);
        take(METRICS, numbered(3, Payload.of(AT.plusSeconds(2), Map.of("m", 3.5))));

        awaitAcknowledged(3);
        assertThat(column("select coalesce(text, cast(coalesce(number, whole) as text)) from sample order by at_ms"))
                .hasSize(3);
        assertThat(column("select type from series")).containsExactly("double");
    }

    @Test
    void whatIsBadInAnyWayDoesNotStopTheNext() throws Exception {
        List<String> topics = List.of(METRICS, "scs/GW", "x", "", "scs/GW/SCS-V1/" + "s".repeat(600), "scs/GW/SCS-V1");
        List<byte[]> payloads = List.of(
                "not a payload".getBytes(StandardCharsets.UTF_8),
                new byte[] {0x1F, (byte) 0x8B, 1, 2},
                "{\"metrics\":{\"cpu\":{}}}".getBytes(StandardCharsets.UTF_8),
                new byte[17 * 1024 * 1024],
                new byte[] {(byte) 0xC2, (byte) 0xB8, 0x02, 0x02, 0x08, 0x05},
                PayloadCodec.encode(Payload.of(AT, Map.of("epoch", "e"))),
                PayloadCodec.encode(Payload.of(AT, Map.of("epoch", 5, "seq", "x"))),
                numbered(1, Payload.of(AT, Map.of("cpu", 1.5))));
        int sent = 0;
        for (String topic : topics) {
            for (byte[] payload : payloads) {
                take(topic, payload);
                sent++;
            }
        }
        take(METRICS, numbered(2, Payload.of(AT.plusSeconds(1), Map.of("cpu", 2.5))));

        awaitAcknowledged(sent + 1);
        assertThat(column("select number from sample order by at_ms")).containsExactly("1.5", "2.5");
        assertThat(ingest.failure()).isNull();
        assertThat(ingest.counts().bad()).isGreaterThanOrEqualTo(sent - 6);
    }

    @Test
    void beatsAndListsAreNotPartOfTheHistory() throws Exception {
        take("scs/GW/SCS-V1/gate/beats", numbered(1, Payload.of(AT, Map.of("at.G1", 5L, "ts.G1", 5L))));
        take("scs/GW/SCS-V1/inventory", numbered(2, Payload.of(AT, Map.of("revision", 5L))));
        take("scs/GW/SCS-V1/command/c1/result", numbered(3, Payload.of(AT, Map.of("code", 5L))));

        awaitAcknowledged(3);
        assertThat(number("select count(*) from sample")).isZero();
        assertThat(gateway().received()).isEqualTo(3);
    }

    @Test
    void samplesComeInAnyOrderFromManyBatches() throws Exception {
        Duration step = Duration.ofSeconds(1);
        for (int seq = 500; seq >= 1; seq--) {
            take(METRICS, numbered(seq, Payload.of(AT.plus(step.multipliedBy(seq)), Map.of("a", seq, "b", -seq))));
        }

        awaitAcknowledged(500);
        assertThat(number("select count(*) from sample")).isEqualTo(1_000);
        assertThat(gateway().gaps()).isZero();
        assertThat(number("select count(*) from receipt")).isEqualTo(1);
    }

    private static byte[] numbered(long seq, Payload payload) {
        return PayloadCodec.encode(new Sequence("e", seq).on(payload));
    }

    private List<String> samples() {
        return column("""
                select s.subject || ' ' || s.metric || ' ' || s.type || ' '
                    || coalesce(x.text, cast(x.number as text), cast(x.whole as text))
                from sample x join series s on s.id = x.series_id order by s.id""");
    }

    private List<String> column(String sql) {
        return database.reading()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).list());
    }
}
