package solutions.itms.scs.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_755_269_794_123L);

    @Test
    void aGatesStateIsTheSameAfterTheWire() throws Exception {
        GateState state = new GateState(
                "G1-01", "offline", "online", NOW, NOW.plusMillis(5), "::1", "G1", "north", "reader", "เครื่องอ่าน");
        assertThat(GateState.from(PayloadCodec.decode(PayloadCodec.encode(state.toPayload(NOW)))))
                .isEqualTo(state);
        GateState bare = new GateState("a/b", "unknown", null, null, null, null, null, null, null, null);
        assertThat(GateState.from(PayloadCodec.decode(PayloadCodec.encode(bare.toPayload(NOW)))))
                .isEqualTo(bare);
        assertThat(bare.subject()).isEqualTo("gate/a%2Fb/state");
    }

    @Test
    void aGatesStateWithoutIdOrWithAWrongTypeIsRefused() {
        assertThatThrownBy(() -> GateState.from(Payload.of(NOW, Map.of("status", "online"))))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("'id' and 'status'");
        assertThatThrownBy(() -> GateState.from(Payload.of(NOW, Map.of("id", 7, "status", "online"))))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessage("metric 'id' is not a String");
        assertThatThrownBy(() ->
                        GateState.from(Payload.of(NOW, Map.of("id", "a", "status", "online", "received_at", "soon"))))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessage("metric 'received_at' is not a whole number");
    }

    @Test
    void beatsOfManyGatesAreTheSameAfterTheWireAndBesideANumber() throws Exception {
        GateBeats beats = new GateBeats(
                Map.of("G1-01", new GateBeats.Beat(NOW, NOW.minusSeconds(3)), "ห้อง/1", new GateBeats.Beat(NOW, NOW)));
        Payload numbered = new Sequence("e", 5).on(beats.toPayload(NOW));
        assertThat(GateBeats.from(PayloadCodec.decode(PayloadCodec.encode(numbered))))
                .isEqualTo(beats);
    }

    @Test
    void aNumberIsReadBackAndMayBeMissingButNotHalf() throws Exception {
        Payload payload = Payload.of(NOW, Map.of("a", 1));
        assertThat(Sequence.of(payload)).isNull();
        assertThat(Sequence.of(new Sequence("e1", 3).on(payload))).isEqualTo(new Sequence("e1", 3));
        assertThatThrownBy(() -> Sequence.of(payload.with("epoch", "e1")))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("together");
        assertThatThrownBy(() -> Sequence.of(payload.with("epoch", "e1").with("seq", 0L)))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("1 or more");
    }

    @Test
    void aTopicIsTakenApartWithAndWithoutTheControlPrefix() {
        assertThat(Topics.parse("scs/gw1/SCS-V1/gate/G1-01/state")).hasValueSatisfying(topic -> {
            assertThat(topic.control()).isFalse();
            assertThat(topic.account()).isEqualTo("scs");
            assertThat(topic.clientId()).isEqualTo("gw1");
            assertThat(topic.appId()).isEqualTo("SCS-V1");
            assertThat(topic.subject()).isEqualTo("gate/G1-01/state");
        });
        assertThat(Topics.parse("$EDC/scs/gw1/MQTT/BIRTH")).hasValueSatisfying(topic -> {
            assertThat(topic.control()).isTrue();
            assertThat(topic.clientId()).isEqualTo("gw1");
            assertThat(topic.subject()).isEqualTo("BIRTH");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a", "a/b", "$EDC/a/b", "a//c/d", "/a/b/c"})
    void whatIsNoKuraTopicIsNotTakenApart(String topic) {
        assertThat(Topics.parse(topic)).isEmpty();
    }

    @Test
    void anyTextCanBeOneLevelAndKeepsItsIdentity() {
        for (String id : new String[] {"a/b", "a%2Fb", "+", "#", "\u0000", "ก", "a b"}) {
            assertThat(Topics.isLevel(Topics.encodeLevel(id))).as(id).isTrue();
        }
        assertThat(Topics.encodeLevel("a::b")).isEqualTo("a%3A%3Ab");
        assertThat(Topics.encodeLevel("a/b")).isNotEqualTo(Topics.encodeLevel("a%2Fb"));
    }

    @Test
    void aPayloadCannotBeChangedFromOutside() {
        Payload payload = Payload.of(NOW, Map.of("a", 1));
        assertThatThrownBy(() -> payload.metrics().put("b", 2)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(payload.with("b", 2).metrics()).containsOnlyKeys("a", "b");
        assertThat(payload.metrics()).containsOnlyKeys("a");
    }
}
