package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Receipt;

/** What the server has stored, as a gateway is told over its own MQTT connection. */
class ReceiptPathTest {
    @TempDir
    static Path directory;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aGatewayIsToldUpToWhichNumberAllIsStoredAndWhatAboveIt() throws Exception {
        try (TestGateway gateway = server.gateway("GW.told").connect("s").birth("s")) {
            List<Receipt> receipts = listen(gateway, "GW.told");
            for (long seq : new long[] {1, 2, 3, 6, 7, 9}) {
                gateway.state("e", seq, "G1", "online");
            }
            await().untilAsserted(() -> assertThat(receipts).last().satisfies(last -> {
                assertThat(last.upTo()).isEqualTo(3);
                assertThat(last.covers(4) || last.covers(5) || last.covers(8)).isFalse();
            }));
            await().untilAsserted(() -> assertThat(List.of(6L, 7L, 9L))
                    .allMatch(seq -> receipts.stream().anyMatch(receipt -> receipt.covers(seq))));
            gateway.state("e", 5, "G1", "online");
            gateway.state("e", 4, "G1", "online");
            await().untilAsserted(() ->
                    assertThat(receipts).last().extracting(Receipt::upTo).isEqualTo(7L));
        }
    }

    @Test
    void aGatewayThatMissedItsReceiptGetsAnotherWhenItSendsAgain() throws Exception {
        try (TestGateway gateway = server.gateway("GW.again").connect("s").birth("s")) {
            gateway.state("e", 1, "G1", "online");
            gateway.state("e", 40, "G1", "fault");
            gateway.state("e", 41, "G1", "fault");
            await().until(() ->
                    server.admin().gateway("GW.again").get("received").asLong() >= 4);
            List<Receipt> receipts = listen(gateway, "GW.again");
            gateway.state("e", 41, "G1", "fault");
            await().untilAsserted(() -> assertThat(receipts)
                    .last()
                    .satisfies(last -> assertThat(last.ranges()).containsExactly(new Receipt.Range(40, 41))));
            assertThat(receipts).last().extracting(Receipt::upTo).isEqualTo(1L);
        }
    }

    @Test
    void eachEpochHasReceiptsOfItsOwn() throws Exception {
        try (TestGateway gateway = server.gateway("GW.epochs").connect("s").birth("s")) {
            List<Receipt> receipts = listen(gateway, "GW.epochs");
            gateway.state("old", 1, "G1", "online");
            gateway.state("new", 1, "G1", "online");
            gateway.state("new", 2, "G1", "online");
            await().until(() -> receipts.contains(new Receipt("old", 1, List.of()))
                    && receipts.contains(new Receipt("new", 2, List.of())));
        }
    }

    private static List<Receipt> listen(TestGateway gateway, String id) throws Exception {
        List<Receipt> receipts = new CopyOnWriteArrayList<>();
        gateway.mqtt()
                .subscribe(
                        "$EDC/scs/" + id + "/SCS-ACK-V1/#",
                        0,
                        (topic, message) -> receipts.add(Receipt.of(PayloadCodec.decode(message.getPayload()))));
        return receipts;
    }
}
