package solutions.itms.scs.message.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static final KeyPair PAIR = Ed25519.generate();
    private static final SigningKey KEY = new SigningKey("s1", PAIR.getPrivate());
    private static final KeyRing RING = new KeyRing(Map.of("s1", PAIR.getPublic()));
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.123Z");

    private static final String JSON =
            "{\"v\":1,\"id\":\"c-1\",\"gateway\":\"gw-1\",\"target\":\"G1\",\"type\":\"set_operation\","
                    + "\"params\":{\"a\":1},\"issuedAt\":1,\"expiresAt\":2,\"timeoutMs\":1000,\"requestedBy\":\"ann\"}";

    @Test
    void comesBackAsItWasSigned() throws CommandRefusedException {
        Envelope envelope = new Envelope(
                "c-1",
                "gw-1",
                "G1",
                "set_operation",
                Map.of("operation", "emergency", "n", List.of(1L, 2.5, true)),
                NOW,
                NOW.plusSeconds(60),
                15_000,
                "สมชาย",
                "ann");
        assertThat(Envelope.open(RING, envelope.sign(KEY))).isEqualTo(envelope);
        assertThat(Envelope.open(RING, Jws.sign(KEY, bytes(JSON))).approvedBy()).isNull();
    }

    @Test
    void theHashOfParametersIsThatOfTheirMeaning() {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("b", 2L);
        one.put("a", Map.of("y", 1L, "x", 2.0));
        Map<String, @Nullable Object> other = new LinkedHashMap<>();
        other.put("a", Map.of("x", 2L, "y", 1L));
        other.put("b", 2L);
        assertThat(Envelope.hash(one)).isEqualTo(Envelope.hash(other)).hasSize(64);
        assertThat(Envelope.hash(Map.of("b", 2L))).isNotEqualTo(Envelope.hash(Map.of("b", "2")));
        assertThat(Envelope.hash(Map.of()))
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "v":1              | "v":2                | v must be a whole number
            "id":"c-1"         | "id":"c/1"           | id must be 1 to 64
            "id":"c-1"         | "id":""              | id must be 1 to 64
            "id":"c-1"         | "id":"c-1","id":"x"  | not valid JSON
            "gateway":"gw-1"   | "gateway":7          | gateway must be a text
            "target":"G1",     | `` | target must be given
            "params":{"a":1}   | "params":[]          | params must be an object
            "params":{"a":1}   | "params":{"a":1,"a":2} | not valid JSON
            "params":{"a":1}   | "params":{"a":1e999} | too large
            "params":{"a":1}   | "params":{"a":12345678901234567890} | too large
            "params":{"a":1}   | "params":{"a":"\\ud800"} | half a character
            "timeoutMs":1000   | "timeoutMs":0        | timeoutMs must be
            "timeoutMs":1000   | "timeoutMs":90000000 | timeoutMs must be
            "issuedAt":1       | "issuedAt":-1        | issuedAt must be
            "issuedAt":1       | "issuedAt":"now"     | issuedAt must be
            "requestedBy":"ann"| "requestedBy":"a\\nb" | requestedBy must be
            "requestedBy":"ann"| "requestedBy":"ann","extra":1 | extra is not known
            """)
    void aSignedCommandOfAnotherFormIsRefused(String before, String after, String text) {
        assertThat(JSON).contains(before);
        assertRefused(JSON.replace(before, after), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "null", "{", "{} {}", "{\"v\":1}x", "\uFEFF{}"})
    void whatIsNoObjectIsRefused(String payload) {
        assertRefused(payload, "");
    }

    @Test
    void deepAndBrokenTextIsRefused() {
        assertRefused("{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}", "depth");
        byte[] latin = "{\"id\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Envelope.open(RING, Jws.sign(KEY, latin))).hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> Envelope.open(RING, Jws.sign(KEY, JSON.getBytes(StandardCharsets.UTF_16))))
                .isInstanceOf(CommandRefusedException.class);
    }

    @Test
    void reportsComeBackAsTheyWereSent() throws CommandRefusedException {
        var ack = new CommandReport.Ack("c-1", GatewayState.RUNNING, NOW);
        assertThat(CommandReport.Ack.read(ack.encode())).isEqualTo(ack);
        var progress = new CommandReport.Progress("c-1", 40, "กำลังทำ", NOW);
        assertThat(CommandReport.Progress.read(progress.encode())).isEqualTo(progress);
        var quiet = new CommandReport.Progress("c-1", 0, "", NOW);
        assertThat(CommandReport.Progress.read(quiet.encode())).isEqualTo(quiet);
        var pull = new CommandReport.Pull("0123", List.of("get_ip_config"), Map.of("c-1", GatewayState.SUCCESS), NOW);
        assertThat(CommandReport.Pull.read(pull.encode())).isEqualTo(pull);
        var success = new CommandReport.Result(
                "c-1",
                GatewayState.SUCCESS,
                NOW,
                NOW,
                Map.of("count", 3L),
                null,
                List.of(new Artifact("a1", "clip.mp4", "video/mp4", 12, "a".repeat(64))));
        assertThat(CommandReport.Result.open(RING, success.sign(KEY))).isEqualTo(success);
        var failure = new CommandReport.Result(
                "c-1",
                GatewayState.REJECTED,
                null,
                NOW,
                null,
                new Failure(ErrorCode.NOT_FOUND, "there is\nno gate", Failure.ACCEPT),
                List.of());
        CommandReport.Result read = CommandReport.Result.open(RING, failure.sign(KEY));
        assertThat(read).isEqualTo(failure);
        assertThat(Optional.ofNullable(read.error()).orElseThrow().message()).isEqualTo("there is no gate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"c\",\"status\":\"RUNNING\",\"endedAt\":1}",
                "{\"id\":\"c\",\"status\":\"success\",\"endedAt\":1}",
                "{\"id\":\"c\",\"status\":\"SUCCESS\"}",
                "{\"id\":\"c\",\"status\":\"FAILED\",\"endedAt\":1,\"error\":{\"code\":\"bad\",\"message\":\"m\",\"stage\":\"run\"}}",
                "{\"id\":\"c\",\"status\":\"SUCCESS\",\"endedAt\":1,\"artifacts\":[1]}",
                "{\"id\":\"c\",\"status\":\"SUCCESS\",\"endedAt\":1,\"artifacts\":[{\"id\":\"a\"}]}"
            })
    void resultsOfAnotherFormAreRefused(String json) {
        assertThatThrownBy(() -> CommandReport.Result.open(RING, Jws.sign(KEY, bytes(json))))
                .isInstanceOf(CommandRefusedException.class);
    }

    @Test
    void aResultSignedByAnotherGatewayIsRefused() {
        var forged = new CommandReport.Result("c-1", GatewayState.SUCCESS, NOW, NOW, Map.of(), null, List.of());
        SigningKey other = new SigningKey("gw-2#1", Ed25519.generate().getPrivate());
        assertThatThrownBy(() -> CommandReport.Result.open(RING, forged.sign(other)))
                .isInstanceOfSatisfying(
                        CommandRefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_SIGNATURE));
    }

    private static void assertRefused(String payload, String text) {
        assertThatThrownBy(() -> Envelope.open(RING, Jws.sign(KEY, bytes(payload))))
                .isInstanceOfSatisfying(
                        CommandRefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED))
                .hasMessageContaining(text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
