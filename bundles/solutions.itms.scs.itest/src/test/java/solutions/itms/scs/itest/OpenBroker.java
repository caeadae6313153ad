package solutions.itms.scs.itest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** An MQTT broker where everybody may do everything, and somebody who does. */
final class OpenBroker implements AutoCloseable {
    private static final Pattern JWS = Pattern.compile("eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86}");

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final MqttClient client;
    private final int port;

    /** What came by; the text is ISO 8859-1, so that every byte is a character. */
    record Message(String topic, String text) {
        /** The signed text in it. */
        String jws() {
            Matcher matcher = JWS.matcher(text);
            if (!matcher.find()) {
                throw new AssertionError("nothing signed on " + topic);
            }
            return matcher.group();
        }
    }

    OpenBroker() throws Exception {
        port = Scs.freePort();
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setPersistenceEnabled(false);
        configuration.setSecurityEnabled(false);
        configuration.setJMXManagementEnabled(false);
        configuration.addAcceptorConfiguration(new TransportConfiguration(
                NettyAcceptorFactory.class.getName(), Map.of("host", "127.0.0.1", "port", port, "protocols", "MQTT")));
        server.setConfiguration(configuration);
        server.start();
        client = new MqttClient(url(), "somebody", new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setCleanSession(true);
        client.connect(options);
        client.subscribe(
                new String[] {"#", "$EDC/#"},
                new int[] {1, 1},
                new org.eclipse.paho.client.mqttv3.IMqttMessageListener[] {
                    (topic, message) -> note(topic, message.getPayload()),
                    (topic, message) -> note(topic, message.getPayload())
                });
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** Asks as Kura's cloud does; payload in Kura's JSON form. */
    void ask(String topic, String requestId, String body) throws Exception {
        String encoded = java.util.Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
        String payload = "{\"metrics\":{\"request.id\":\"" + requestId
                + "\",\"requester.client.id\":\"somebody\"},\"body\":\"" + encoded + "\"}";
        client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), 1, false);
    }

    /** What came on topics that end so, oldest first. */
    List<Message> messages(String topicEnd) {
        return messages.stream().filter(m -> m.topic().endsWith(topicEnd)).toList();
    }

    @Override
    public void close() throws Exception {
        client.disconnectForcibly(100, 100);
        client.close();
        server.stop();
    }

    private void note(String topic, byte[] payload) {
        messages.add(new Message(topic, new String(plain(payload), StandardCharsets.ISO_8859_1)));
    }

    private static byte[] plain(byte[] payload) {
        if (payload.length < 2 || payload[0] != 0x1f || payload[1] != (byte) 0x8b) {
            return payload;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(payload))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
