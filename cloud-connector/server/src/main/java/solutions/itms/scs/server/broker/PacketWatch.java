package solutions.itms.scs.server.broker;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.util.AttributeKey;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTConnection;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyServerConnection;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.Topics;
import solutions.itms.scs.server.broker.BrokerSecurity.InternalLogin;
import solutions.itms.scs.server.ops.ScarceLog;

/**
 * Sees every MQTT packet that comes in: remembers when each client was last heard, pings included, and stops what
 * Artemis would let pass. Thread-safe.
 */
final class PacketWatch implements MQTTInterceptor {
    private static final AttributeKey<Boolean> CONNECT_SEEN = AttributeKey.valueOf("scs.connect.seen");

    private final Clock clock;
    private final ScarceLog log;
    private final ConcurrentMap<String, Instant> lastPacket = new ConcurrentHashMap<>();

    PacketWatch(Clock clock, ScarceLog log) {
        this.clock = clock;
        this.log = log;
    }

    /** When the client was last heard; null when it never was since the start. */
    @Nullable
    Instant lastPacket(String clientId) {
        return lastPacket.get(clientId);
    }

    /** False closes the connection. Artemis lets a packet pass when this throws. */
    @Override
    public boolean intercept(MqttMessage packet, RemotingConnection connection) {
        try {
            return isGood(packet, (MQTTConnection) connection);
        } catch (RuntimeException e) {
            log.warn("MQTT packet", "could not be checked: " + e);
            return false;
        }
    }

    private boolean isGood(MqttMessage packet, MQTTConnection connection) {
        if (packet.fixedHeader() == null) {
            return false;
        }
        if (packet.fixedHeader().messageType() == MqttMessageType.CONNECT) {
            return isFirst(connection) && isGood((MqttConnectMessage) packet);
        }
        if (!connection.getConnected()) {
            // a ping would keep a connection alive that never logs in
            return false;
        }
        String clientId = connection.getClientID();
        // only clients that have logged in come here, so there are no more of them than gateways
        lastPacket.put(clientId, clock.instant());
        if (clientId.equals(InternalLogin.USER)) {
            return true;
        }
        if (packet instanceof MqttPublishMessage publish) {
            return isGood(publish, clientId);
        }
        if (packet instanceof MqttSubscribeMessage subscribe) {
            return subscribe.payload().topicSubscriptions().stream()
                    .allMatch(subscription -> isGoodFilter(subscription.topicFilter(), clientId));
        }
        return !(packet instanceof MqttUnsubscribeMessage unsubscribe)
                || unsubscribe.payload().topics().stream().allMatch(filter -> isGoodFilter(filter, clientId));
    }

    /** A second CONNECT is forbidden, and here it would change the client id under a live session. */
    private static boolean isFirst(MQTTConnection connection) {
        NettyServerConnection transport = (NettyServerConnection) connection.getTransportConnection();
        return transport.getChannel().attr(CONNECT_SEEN).getAndSet(true) == null;
    }

    /** Whether the will, if there is one, can be sent later. */
    private boolean isGood(MqttConnectMessage connect) {
        if (!connect.variableHeader().isWillFlag()) {
            return true;
        }
        String clientId = connect.payload().clientIdentifier();
        if (connect.variableHeader().isWillRetain()) {
            log.warn("MQTT login of " + clientId, "the will must not be retained");
            return false;
        }
        boolean own = Topics.parse(connect.payload().willTopic())
                .filter(topic -> topic.clientId().equals(clientId))
                .isPresent();
        if (!own) {
            log.warn("MQTT login of " + clientId, "the will is not the gateway's own");
        }
        return own;
    }

    /**
     * When Artemis refuses a shared subscription it deletes the queue, which belongs to those who share it. Two colons
     * would name a queue.
     */
    private boolean isGoodFilter(String filter, String clientId) {
        boolean good = !filter.startsWith("$share") && !filter.contains("::");
        if (!good) {
            log.warn("gateway " + clientId, "shared subscriptions and queue names are not for gateways");
        }
        return good;
    }

    /** Artemis keeps a queue for every retained topic, and nobody here reads them. */
    private boolean isGood(MqttPublishMessage publish, String clientId) {
        if (publish.fixedHeader().isRetain()) {
            log.warn("gateway " + clientId, "retained messages are not accepted");
            return false;
        }
        if (publish.variableHeader().topicName().contains("::")) {
            log.warn("gateway " + clientId, "a topic must not contain '::'");
            return false;
        }
        return true;
    }
}
