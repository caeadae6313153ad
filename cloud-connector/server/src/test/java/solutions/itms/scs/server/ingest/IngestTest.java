package solutions.itms.scs.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static solutions.itms.scs.server.TestGateway.payload;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.message.GateBeats;
import solutions.itms.scs.message.JsonPayloadCodec;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.server.TestGateway;
import solutions.itms.scs.server.device.GateKey;
import solutions.itms.scs.server.device.GateTable;
import solutions.itms.scs.server.device.GatewayStatus;

/** Ingest on a real database, without a broker. */
class IngestTest extends IngestFixture {
    @Test
    void aMessageIsAcknowledgedWhenItIsInTheDatabase() throws Exception {
        List<String> statusAtAcknowledgement = new CopyOnWriteArrayList<>();
        ingest.take(STATE, payload("e", 1, "G1", "fault"), () -> statusAtAcknowledgement.add(gateStatus("G1")));

        await().until(() -> !statusAtAcknowledgement.isEmpty());
        assertThat(statusAtAcknowledgement).containsExactly("fault");
    }

    @Test
    void aMessageInKurasJsonIsTakenLikeAnyOther() throws Exception {
        byte[] json = JsonPayloadCodec.encode(PayloadCodec.decode(payload("e", 1, "G1", "fault")));
        take(STATE, json);
        take(STATE, json);

        awaitAcknowledged(2);
        assertThat(gateStatus("G1")).isEqualTo("fault");
        assertThat(gateway().duplicates()).isEqualTo(1);
    }

    @Test
    void aMessageWhoseAcknowledgementGotLostIsTakenOnce() throws Exception {
        ingest.take(STATE, payload("e", 1, "G1", "fault"), () -> {
            throw new IllegalStateException("the connection to the broker has gone");
        });
        take(STATE, payload("e", 1, "G1", "fault"));

        awaitAcknowledged(1);
        assertThat(gateway().received()).isEqualTo(1);
        assertThat(gateway().duplicates()).isEqualTo(1);
    }

    @Test
    void aMessageThatCannotBeReadIsKeptWithItsReason() throws Exception {
        take(STATE, new byte[] {1, 2, 3});
        take("scs/GW/SCS-V1/gate/G2/state", payload("e", 1, "G1", "online"));
        take("nonsense", new byte[0]);

        awaitAcknowledged(3);
        List<String> kept = database.reading()
                .withHandle(handle -> handle.createQuery(
                                "select topic || ': ' || reason || ' ' || size_bytes from bad_message order by id")
                        .mapTo(String.class)
                        .list());
        assertThat(kept).hasSize(3);
        assertThat(kept.get(0)).startsWith(STATE + ": ").endsWith(" 3");
        assertThat(kept.get(1)).contains("the id in the payload is not the one in the topic");
        assertThat(kept.get(2)).contains("the topic is none of a gateway");
        assertThat(ingest.counts().bad()).isEqualTo(3);
    }

    @Test
    void onlyTheNewestBadMessagesAreKept() throws Exception {
        for (int i = 0; i < BadMessages.MAX_KEPT + 50; i++) {
            take("scs/GW/SCS-V1/x/" + i, new byte[] {1, 2, 3});
        }

        awaitAcknowledged(BadMessages.MAX_KEPT + 50);
        assertThat(number("select count(*) from bad_message")).isEqualTo(BadMessages.MAX_KEPT);
        assertThat(number("select count(*) from bad_message where topic = 'scs/GW/SCS-V1/x/49'"))
                .isZero();
        assertThat(number("select count(*) from bad_message where topic = 'scs/GW/SCS-V1/x/50'"))
                .isOne();
    }

    @Test
    void aMessageOfAGatewayThatNobodyAddedIsDroppedAndCounted() throws Exception {
        take("scs/stranger/SCS-V1/gate/G1/state", payload("e", 1, "G1", "online"));
        take("other/GW/SCS-V1/gate/G1/state", payload("e", 1, "G1", "online"));

        awaitAcknowledged(2);
        assertThat(ingest.counts().unknownGateway()).isEqualTo(2);
        assertThat(devices.gateways()).hasSize(1);
        assertThat(devices.gates()).isEmpty();
        assertThat(number("select count(*) from epoch")).isZero();
    }

    @Test
    void aKindThatIsNotKeptIsCountedAndItsNumberTaken() throws Exception {
        take("scs/GW/SCS-V1/command/c1/odd", payload("e", 1, "C1", "online"));
        take("scs/GW/SCS-V1/command/c1/odd", payload("e", 1, "C1", "online"));

        awaitAcknowledged(2);
        assertThat(ingest.counts().unknownKind()).isEqualTo(1);
        assertThat(gateway().received()).isEqualTo(1);
        assertThat(gateway().duplicates()).isEqualTo(1);
        assertThat(gateway().gaps()).isZero();
    }

    @Test
    void aMessageWithoutANumberIsTakenEachTimeAndTheNewestByItsTimeStays() throws Exception {
        Payload state = TestGateway.state("G1", "fault").toPayload(clock.instant());
        Payload older =
                TestGateway.state("G1", "online").toPayload(clock.instant().minusSeconds(1));
        take(STATE, PayloadCodec.encode(state));
        take(STATE, PayloadCodec.encode(state));
        take(STATE, PayloadCodec.encode(older));

        awaitAcknowledged(3);
        assertThat(gateway().received()).isEqualTo(3);
        assertThat(gateStatus("G1")).isEqualTo("fault");
    }

    @Test
    void aNewEpochIsNewerThanAnyNumberOfTheOldOne() throws Exception {
        take(STATE, payload("old", 1_000, "G1", "online"));
        take(STATE, payload("new", 1, "G1", "fault"));
        take(STATE, payload("old", 1_001, "G1", "maintenance"));

        awaitAcknowledged(3);
        assertThat(gateStatus("G1")).isEqualTo("fault");
    }

    @Test
    void aClockThatRanAheadIsPutRightByTheNextMessage() throws Exception {
        take(STATE, payload("e", 1, "G1", "online"));
        take("scs/GW/SCS-V1/gate/beats", beats(2, clock.instant().plus(Duration.ofDays(3650))));
        take("scs/GW/SCS-V1/gate/beats", beats(3, clock.instant()));
        take("scs/GW/SCS-V1/gate/beats", beats(2, clock.instant().plusSeconds(9)));

        awaitAcknowledged(4);
        assertThat(devices.gate(new GateKey("GW", "G1")).orElseThrow().lastSeen())
                .isEqualTo(clock.instant());
    }

    @Test
    void aGatewayHasALimitedNumberOfGates() throws Exception {
        for (int i = 0; i <= GateTable.MAX_GATES; i++) {
            take("scs/GW/SCS-V1/gate/G" + i + "/state", payload("e", i + 1, "G" + i, "online"));
        }

        awaitAcknowledged(GateTable.MAX_GATES + 1);
        assertThat(gateway().gates()).isEqualTo(GateTable.MAX_GATES);
        assertThat(ingest.counts().bad()).isEqualTo(1);
        assertThat(gateway().gaps()).isZero();
    }

    @Test
    void dataThatWaitedInTheBrokerDoesNotBringBackAGatewayThatHasGone() throws Exception {
        connected.clear();
        take("$EDC/scs/GW/MQTT/BIRTH", new byte[0]);
        take(STATE, payload("e", 1, "G1", "online"));

        awaitAcknowledged(2);
        assertThat(gateway().status()).isEqualTo(GatewayStatus.MISSING);
        assertThat(gateStatus("G1")).isEqualTo("unknown");
    }

    @Test
    void aGatewayThatSaidGoodbyeStaysSoWhenOlderDataArrives() throws Exception {
        take("$EDC/scs/GW/MQTT/BIRTH", new byte[0]);
        take("$EDC/scs/GW/MQTT/DC", new byte[0]);
        take(STATE, payload("e", 1, "G1", "online"));

        awaitAcknowledged(3);
        assertThat(gateway().status()).isEqualTo(GatewayStatus.DISCONNECTED);
    }

    private byte[] beats(long seq, Instant at) {
        GateBeats beats = new GateBeats(Map.of("G1", new GateBeats.Beat(at, at)));
        return PayloadCodec.encode(new Sequence("e", seq).on(beats.toPayload(clock.instant())));
    }
}
