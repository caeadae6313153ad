package solutions.itms.scs.server.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.locks.LockSupport;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTStateManager;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.server.broker.BrokerSecurity.InternalLogin;
import solutions.itms.scs.server.device.GatewayRegistry;
import solutions.itms.scs.server.ops.ScarceLog;

/** The embedded MQTT broker: Artemis, with a journal in the data directory. Thread-safe. */
public final class Broker implements MqttBroker {
    private static final long GOODBYE_NANOS = 2_000_000_000L;
    private static final long GOODBYE_CHECK_NANOS = 5_000_000L;

    private final ActiveMQServer artemis;
    private final BrokerSecurity security;
    private final PacketWatch packets;
    private final InternalLogin login;
    private final String host;

    private Broker(
            ActiveMQServer artemis, BrokerSecurity security, PacketWatch packets, InternalLogin login, String host) {
        this.artemis = artemis;
        this.security = security;
        this.packets = packets;
        this.login = login;
        this.host = host;
    }

    /**
     * Starts the broker. Gateways can't log in before {@link #open()}.
     *
     * @param host address to listen on
     * @param port to listen on; 0 for any
     * @throws IOException if it can't listen there or can't read its journal
     */
    public static Broker start(Path directory, String host, int port, GatewayRegistry gateways, Clock clock)
            throws IOException {
        ScarceLog log = new ScarceLog(LoggerFactory.getLogger(Broker.class), clock);
        InternalLogin login = newLogin();
        BrokerSecurity security = new BrokerSecurity(gateways, login, log);
        PacketWatch packets = new PacketWatch(clock, log);
        ActiveMQServer artemis = new ActiveMQServerImpl(BrokerSettings.of(directory, host, port), security);
        artemis.addProtocolManagerFactory(new LimitedMqtt(BrokerSettings.MAX_PACKET_BYTES));
        Broker broker = new Broker(artemis, security, packets, login, host);
        try {
            artemis.start();
            artemis.getRemotingService().addIncomingInterceptor(packets);
        } catch (Exception e) {
            broker.close();
            throw new IOException("the MQTT broker can't start: " + e.getMessage(), e);
        }
        if (!artemis.isActive()) {
            broker.close();
            throw new IOException("the MQTT broker can't start; its data is in " + directory);
        }
        return broker;
    }

    /** Lets gateways in: from now on there is somebody who takes what they publish. */
    public void open() {
        security.open();
    }

    /** The port it listens on. */
    @Override
    public int port() {
        return ((NettyAcceptor) artemis.getRemotingService().getAcceptor(BrokerSettings.ACCEPTOR)).getActualPort();
    }

    /** The address it listens on. */
    public String host() {
        return host;
    }

    /** The server's own MQTT user name and client id. */
    public String internalUser() {
        return InternalLogin.USER;
    }

    /** The password of {@link #internalUser()}, made at this start. */
    public String internalPassword() {
        return login.password();
    }

    @Override
    public boolean isConnected(String clientId) {
        try {
            return MQTTStateManager.getInstance(artemis).isClientConnected(clientId);
        } catch (Exception e) {
            throw new IllegalStateException("the MQTT broker has no sessions", e);
        }
    }

    @Override
    public @Nullable Instant lastPacket(String clientId) {
        return packets.lastPacket(clientId);
    }

    /** Whether somebody takes what this shared subscription is for, such as {@code $share/name/filter}. */
    @Override
    public boolean isSubscribed(String sharedFilter) {
        Queue queue = artemis.locateQueue(MQTTUtil.getCoreQueueFromMqttTopic(
                sharedFilter, "", artemis.getConfiguration().getWildcardConfiguration()));
        return queue != null && queue.getConsumerCount() > 0;
    }

    /** Whether it takes messages: it runs, and the disk has room. */
    @Override
    public boolean isWell() {
        return artemis.isActive() && !artemis.getPagingManager().isDiskFull();
    }

    /** Refused logins since the start. */
    @Override
    public long refusedLogins() {
        return security.refusedLogins();
    }

    /** Refused publishes and subscriptions since the start. */
    @Override
    public long refusedTopics() {
        return security.refusedTopics();
    }

    @Override
    public void close() {
        awaitGoodbyeOfServer();
        try {
            disconnectGateways();
            artemis.stop();
        } catch (Exception e) {
            LoggerFactory.getLogger(Broker.class).error("the MQTT broker did not stop cleanly", e);
        }
    }

    /** Artemis fails, loudly though harmlessly, when it is stopped while a session ends. */
    private void awaitGoodbyeOfServer() {
        long deadline = System.nanoTime() + GOODBYE_NANOS;
        while (artemis.isActive() && isConnected(InternalLogin.USER) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(GOODBYE_CHECK_NANOS);
        }
    }

    /** Their wills are stored while the journal still takes them. */
    private void disconnectGateways() {
        if (!artemis.isActive()) {
            return;
        }
        artemis.getRemotingService().pauseAcceptors();
        for (RemotingConnection connection : artemis.getRemotingService().getConnections()) {
            connection.fail(new ActiveMQDisconnectedException("the server stops"));
        }
    }

    private static InternalLogin newLogin() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return new InternalLogin(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }
}
