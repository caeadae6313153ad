package solutions.itms.scs.server.broker;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.BaseInterceptor;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolHandler;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManager;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManagerFactory;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTRoutingHandler;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyServerConnection;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.spi.core.protocol.ConnectionEntry;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManagerFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.spi.core.remoting.Connection;

/**
 * Artemis' MQTT with limits that hold before anybody has logged in. Artemis itself collects packets of up to 256 MiB,
 * and bytes that are no MQTT without end.
 */
final class LimitedMqtt extends MQTTProtocolManagerFactory {
    private final int maxPacketBytes;

    LimitedMqtt(int maxPacketBytes) {
        this.maxPacketBytes = maxPacketBytes;
    }

    @Override
    @SuppressWarnings("rawtypes") // as inherited
    public ProtocolManager createProtocolManager(
            ActiveMQServer server,
            Map<String, Object> parameters,
            List<BaseInterceptor> incomingInterceptors,
            List<BaseInterceptor> outgoingInterceptors)
            throws Exception {
        ProtocolManager mqtt =
                super.createProtocolManager(server, parameters, incomingInterceptors, outgoingInterceptors);
        return new Manager(server, (MQTTProtocolManager) mqtt, this, maxPacketBytes);
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // Artemis' interface is used without its type parameters
    private record Manager(ActiveMQServer server, MQTTProtocolManager mqtt, LimitedMqtt factory, int maxPacketBytes)
            implements ProtocolManager<MQTTInterceptor, MQTTRoutingHandler> {

        @Override
        public void addChannelHandlers(ChannelPipeline pipeline) {
            pipeline.addLast(MqttEncoder.INSTANCE);
            pipeline.addLast(new MqttDecoder(maxPacketBytes));
            pipeline.addLast(new MQTTProtocolHandler(server, mqtt));
        }

        /** All is MQTT here: what is none fails in the MQTT decoder, which closes the connection. */
        @Override
        public boolean isProtocol(byte[] start) {
            return true;
        }

        @Override
        public boolean acceptsNoHandshake() {
            return true;
        }

        @Override
        public List<String> websocketSubprotocolIdentifiers() {
            return List.of();
        }

        @Override
        public ProtocolManagerFactory<MQTTInterceptor> getFactory() {
            return (ProtocolManagerFactory) factory;
        }

        @Override
        public void updateInterceptors(List<BaseInterceptor> incoming, List<BaseInterceptor> outgoing) {
            mqtt.updateInterceptors(incoming, outgoing);
        }

        @Override
        public ConnectionEntry createConnectionEntry(Acceptor acceptor, Connection connection) {
            return mqtt.createConnectionEntry(acceptor, connection);
        }

        @Override
        public void handleBuffer(RemotingConnection connection, ActiveMQBuffer buffer) {
            mqtt.handleBuffer(connection, buffer);
        }

        @Override
        public void handshake(NettyServerConnection connection, ActiveMQBuffer buffer) {
            mqtt.handshake(connection, buffer);
        }

        @Override
        public void setAnycastPrefix(String prefix) {
            mqtt.setAnycastPrefix(prefix);
        }

        @Override
        public void setMulticastPrefix(String prefix) {
            mqtt.setMulticastPrefix(prefix);
        }

        @Override
        public Map<SimpleString, RoutingType> getPrefixes() {
            return mqtt.getPrefixes();
        }

        @Override
        public void setSecurityDomain(String domain) {
            mqtt.setSecurityDomain(domain);
        }

        @Override
        public String getSecurityDomain() {
            return mqtt.getSecurityDomain();
        }

        @Override
        public MQTTRoutingHandler getRoutingHandler() {
            return mqtt.getRoutingHandler();
        }
    }
}
