package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static solutions.itms.scs.server.TestGateway.payload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway, or a stranger, can't do on the broker. */
class BrokerRightsTest {
    private static final int REFUSED = 0x80;
    private static final byte[] PINGREQ = {(byte) 0xC0, 0};

    @TempDir
    static Path directory;

    private static TestServer server;
    private static TestApi api;
    private static String password;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(directory);
        api = server.admin();
        password = server.addGateway("GW-1");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scs/GW-victim/SCS-V1/gate/G1/state",
                "other/GW-1/SCS-V1/gate/G1/state",
                "$EDC/scs/GW-victim/MQTT/LWT",
                "$EDC/scs/GW-victim/MQTT/REPLY/1",
                "$EDC/scs/server/CMD-V1/NOTIFY/GW-victim/done",
                "$SYS/broker",
                "$sys.mqtt.sessions",
                "activemq.management",
                "scs",
                "scs/GW-1"
            })
    void aGatewayCannotPublishToATopicThatIsNotItsOwn(String topic) throws Exception {
        try (TestGateway gateway = gateway().connect("s1")) {
            MqttClient mqtt = gateway.mqtt();

            assertThatThrownBy(() -> gateway.publish(topic, payload("e", 1, "G1", "online")))
                    .isInstanceOf(MqttException.class);

            await().until(() -> !mqtt.isConnected());
        }
    }

    @Test
    void whatAGatewaySaysInTheNameOfAnotherIsNotStored() throws Exception {
        try (TestGateway victim = server.gateway("GW-victim").connect("s1").birth("s1");
                TestGateway attacker = gateway().connect("s1")) {
            await().until(() -> api.gatewayStatus("GW-victim").equals("online"));
            assertThatThrownBy(() -> attacker.publish(victim.topic("gate/G1/state"), payload("e", 9, "G1", "fault")));
            assertThatThrownBy(() ->
                    gateway().connect("s2").publish("$EDC/scs/GW-victim/MQTT/LWT", payload("e", 1, "G1", "fault")));

            victim.state("e", 1, "G1", "online");

            await().until(() -> api.gateStatus("GW-victim", "G1").equals("online"));
            assertThat(api.gateway("GW-victim").get("gaps").asInt()).isZero();
            assertThat(api.gatewayStatus("GW-victim")).isEqualTo("online");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "+/+/SCS-V1/#",
                "scs/+/SCS-V1/#",
                "scs/GW-victim/#",
                "scs/#",
                "$EDC/#",
                "$EDC/scs/+/#",
                "$EDC/scs/GW-victim/#",
                "$SYS/#",
                "$sys.mqtt.sessions",
                "activemq.notifications",
                "$share/scs/+/+/SCS-V1/#",
                "$share/mine/scs/GW-1/#",
                "scs/GW-1/x::scs.queue"
            })
    void aGatewayCannotSubscribeToATopicThatIsNotItsOwn(String filter) throws Exception {
        try (TestGateway gateway = gateway().connect("s1")) {
            // Paho throws when the broker answers 0x80
            assertThatThrownBy(() -> gateway.mqtt().subscribe(filter, 1))
                    .isInstanceOfSatisfying(
                            MqttException.class,
                            e -> assertThat(e.getReasonCode()).isIn(REFUSED, 128, 32109, 32000));
        }
    }

    @Test
    void ingestGoesOnWhateverAGatewayTriesToSubscribeTo() throws Exception {
        for (String filter : List.of("$share/scs/+/+/SCS-V1/#", "$share/scs/$EDC/+/+/MQTT/#", "+/+/SCS-V1/#")) {
            try (TestGateway gateway = gateway().connect("s1")) {
                assertThatThrownBy(() -> gateway.mqtt().subscribe(filter, 1)).isInstanceOf(MqttException.class);
            }
        }

        assertThat(api.get("/api/v1/ops/ready").statusCode()).isEqualTo(200);
        try (TestGateway gateway = server.gateway("GW-on").connect("s1").birth("s1")) {
            gateway.state("e", 1, "G1", "online");
            await().until(() -> api.gateStatus("GW-on", "G1").equals("online"));
        }
    }

    @Test
    void whatWasRefusedIsCounted() throws Exception {
        long before = api.metric("mqttTopicsRefused");
        try (TestGateway gateway = gateway().connect("s1")) {
            assertThatThrownBy(() -> gateway.publish("scs/other/SCS-V1/x", new byte[0]));
        }
        assertThat(api.metric("mqttTopicsRefused")).isEqualTo(before + 1);
        long logins = api.metric("mqttLoginsRefused");
        assertThatThrownBy(() -> new TestGateway(server.mqttUrl(), "GW-1", "guess").connect("s1"));
        assertThat(api.metric("mqttLoginsRefused")).isGreaterThan(logins);
    }

    @Test
    void aGatewayHearsWhatIsSentToItAndMayAnswer() throws Exception {
        try (TestGateway gateway = gateway().connect("s1")) {
            gateway.mqtt().subscribe(new String[] {"$EDC/scs/GW-1/#", "scs/GW-1/#"}, new int[] {1, 1});
            gateway.publish("$EDC/scs/GW-1/CMD-V1/EXEC/command", new byte[] {1});
            gateway.publish("$EDC/scs/server/CMD-V1/REPLY/1", new byte[] {1});
            gateway.publish("$EDC/scs/server/CMD-V1/NOTIFY/GW-1/done", new byte[] {1});
            gateway.publish("scs/GW-1/any.dotted.app/a.b", new byte[] {1});

            await().until(() -> gateway.received().size() == 2);
            assertThat(gateway.received())
                    .containsExactlyInAnyOrder("$EDC/scs/GW-1/CMD-V1/EXEC/command", "scs/GW-1/any.dotted.app/a.b");
        }
    }

    @Test
    void theClientIdMustBeTheUserName() {
        assertThatThrownBy(() -> gateway().connect("somebody", "s1")).isInstanceOf(MqttException.class);
    }

    @Test
    void aGatewayCannotTakeOverTheSessionOfAnother() throws Exception {
        try (TestGateway owner = server.gateway("GW-owner").connect("s1").birth("s1")) {
            assertThatThrownBy(() -> gateway().connect("GW-owner", "s2")).isInstanceOf(MqttException.class);

            owner.state("e", 1, "G1", "online");
            await().until(() -> api.gateStatus("GW-owner", "G1").equals("online"));
            assertThat(owner.mqtt().isConnected()).isTrue();
        }
    }

    @Test
    void aNewConnectionOfTheSameGatewayReplacesTheOldOne() throws Exception {
        try (TestGateway first = gateway().connect("s1");
                TestGateway second = gateway().connect("s2").birth("s2")) {
            await().until(() -> !first.mqtt().isConnected());
            second.state("e", 1, "G1", "online");
            await().until(() -> api.gateStatus("GW-1", "G1").equals("online"));
        }
    }

    @Test
    void theServersOwnNameCannotBeUsed() {
        TestGateway impostor = new TestGateway(server.mqttUrl(), "$scs-server", "guess");

        assertThatThrownBy(() -> impostor.connect("s1")).isInstanceOf(MqttException.class);
    }

    @Test
    void nobodyConnectsWithoutANameOrAPassword() {
        assertThatThrownBy(() -> connect(new MqttConnectOptions(), "GW-1")).isInstanceOf(MqttException.class);
        MqttConnectOptions nameOnly = new MqttConnectOptions();
        nameOnly.setUserName("GW-1");
        assertThatThrownBy(() -> connect(nameOnly, "GW-1")).isInstanceOf(MqttException.class);
    }

    @Test
    void aWillInTheNameOfAnotherIsRefused() throws Exception {
        try (TestGateway victim = server.gateway("GW-willed").connect("s1").birth("s1")) {
            await().until(() -> api.gatewayStatus("GW-willed").equals("online"));
            MqttConnectOptions options = new MqttConnectOptions();
            options.setUserName("GW-1");
            options.setPassword(password.toCharArray());
            options.setWill("$EDC/scs/GW-willed/MQTT/LWT", new byte[0], 1, false);
            assertThatThrownBy(() -> connect(options, "GW-1")).isInstanceOf(MqttException.class);

            victim.state("e", 1, "G1", "online");

            await().until(() -> api.gateStatus("GW-willed", "G1").equals("online"));
            assertThat(api.gatewayStatus("GW-willed")).isEqualTo("online");
        }
    }

    @Test
    void aRetainedMessageIsRefused() throws Exception {
        try (TestGateway gateway = gateway().connect("s1")) {
            MqttMessage retained = new MqttMessage(new byte[] {1});
            retained.setQos(1);
            retained.setRetained(true);

            assertThatThrownBy(() -> gateway.mqtt().publish("scs/GW-1/app/x", retained))
                    .isInstanceOf(MqttException.class);
        }
    }

    @Test
    void aPacketThatIsTooLargeEndsTheConnectionBeforeItIsRead() throws Exception {
        try (Socket socket = socket()) {
            OutputStream out = socket.getOutputStream();
            // a CONNECT that claims 200 MiB
            out.write(new byte[] {0x10, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x64});
            out.write(new byte[] {0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60});
            out.flush();

            assertThatIsClosed(socket);
        }
    }

    @Test
    void whatIsNoMqttEndsTheConnection() throws Exception {
        try (Socket socket = socket()) {
            socket.getOutputStream().write("hello, is there anybody?\r\n".getBytes(StandardCharsets.UTF_8));

            assertThatIsClosed(socket);
        }
    }

    @Test
    void aPingBeforeTheLoginEndsTheConnection() throws Exception {
        try (Socket socket = socket()) {
            for (int i = 0; i < 4; i++) {
                socket.getOutputStream().write(PINGREQ);
            }

            assertThatIsClosed(socket);
        }
    }

    private static TestGateway gateway() {
        return new TestGateway(server.mqttUrl(), "GW-1", password);
    }

    private static MqttClient connect(MqttConnectOptions options, String clientId) throws MqttException {
        MqttClient client = new MqttClient(server.mqttUrl(), clientId, new MemoryPersistence());
        options.setConnectionTimeout(5);
        client.connect(options);
        return client;
    }

    private static Socket socket() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.mqttPort());
        socket.setSoTimeout((int) Duration.ofSeconds(8).toMillis());
        return socket;
    }

    private static void assertThatIsClosed(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            assertThat(in.readAllBytes()).hasSizeLessThan(10);
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the connection is still open", e);
        } catch (IOException e) {
            // reset by the server: closed as well
        }
    }
}
