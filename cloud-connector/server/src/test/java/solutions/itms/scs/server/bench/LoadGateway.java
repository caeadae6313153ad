package solutions.itms.scs.server.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One of many simulated gateways: a real MQTT 3.1.1 connection that signs in, publishes at least once, keeps what the
 * broker has not acknowledged, and connects again when it is cut off. Used on its event loop alone.
 */
final class LoadGateway {
    private static final int MAX_PACKET = 1024 * 1024;
    private static final int KEEP_ALIVE_SECONDS = 60;

    private final String id;
    private final String password;
    private final int port;
    private final EventLoop loop;
    private final LoadStatistics statistics;
    private final int reconnectMillis;
    private final boolean listens;
    private final Map<Integer, Outgoing> unacknowledged = new LinkedHashMap<>();
    private BiConsumer<String, byte[]> listener = (topic, payload) -> {};
    private @Nullable Channel channel;
    private boolean ready;
    private boolean closed;
    private int nextPacket = 1;

    private record Outgoing(String topic, byte[] payload, long seq) {}

    /**
     * @param reconnectMillis longest pause before it connects again; the shortest is half of it
     * @param listens whether it subscribes to what is meant for it, as a real one does
     */
    LoadGateway(
            String id,
            String password,
            int port,
            EventLoop loop,
            LoadStatistics statistics,
            int reconnectMillis,
            boolean listens) {
        this.id = id;
        this.password = password;
        this.port = port;
        this.loop = loop;
        this.statistics = statistics;
        this.reconnectMillis = reconnectMillis;
        this.listens = listens;
    }

    /** Hands over what comes, on the event loop; to be called before it connects. */
    void onMessage(BiConsumer<String, byte[]> taker) {
        listener = taker;
    }

    String id() {
        return id;
    }

    EventLoop loop() {
        return loop;
    }

    int inFlight() {
        return unacknowledged.size();
    }

    boolean isReady() {
        return ready;
    }

    void connect() {
        if (closed) {
            return;
        }
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel opened) {
                        opened.pipeline().addLast(MqttEncoder.INSTANCE, new MqttDecoder(MAX_PACKET), new Answers());
                    }
                })
                .connect("127.0.0.1", port)
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        connectLater();
                    }
                });
    }

    void publish(String topic, byte[] payload, long seq) {
        int packet = nextPacket;
        nextPacket = nextPacket == 65_535 ? 1 : nextPacket + 1;
        Outgoing outgoing = new Outgoing(topic, payload, seq);
        unacknowledged.put(packet, outgoing);
        if (ready) {
            write(packet, outgoing, false);
        }
    }

    void close() {
        closed = true;
        if (channel != null) {
            channel.close();
        }
    }

    private void connectLater() {
        int pause = reconnectMillis / 2 + ThreadLocalRandom.current().nextInt(reconnectMillis / 2 + 1);
        loop.schedule(this::connect, pause, TimeUnit.MILLISECONDS);
    }

    private void write(int packet, Outgoing outgoing, boolean again) {
        Channel open = channel;
        if (open != null) {
            open.writeAndFlush(new MqttPublishMessage(
                    new MqttFixedHeader(MqttMessageType.PUBLISH, again, MqttQoS.AT_LEAST_ONCE, false, 0),
                    new MqttPublishVariableHeader(outgoing.topic(), packet),
                    Unpooled.wrappedBuffer(outgoing.payload())));
        }
    }

    private void connected() {
        ready = true;
        statistics.connected(id);
        if (listens) {
            channel.writeAndFlush(MqttMessageBuilders.subscribe()
                    .messageId(65_535)
                    .addSubscription(MqttQoS.AT_LEAST_ONCE, "$EDC/scs/" + id + "/#")
                    .build());
        }
        unacknowledged.forEach((packet, outgoing) -> write(packet, outgoing, true));
    }

    private final class Answers extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            channel = context.channel();
            context.writeAndFlush(MqttMessageBuilders.connect()
                    .protocolVersion(MqttVersion.MQTT_3_1_1)
                    .clientId(id)
                    .username(id)
                    .password(password.getBytes(StandardCharsets.UTF_8))
                    .cleanSession(false)
                    .keepAlive(KEEP_ALIVE_SECONDS)
                    .build());
            context.executor().scheduleAtFixedRate(() -> ping(context), 40, 40, TimeUnit.SECONDS);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object read) {
            try {
                if (read instanceof MqttConnAckMessage answer) {
                    if (answer.variableHeader().connectReturnCode() == MqttConnectReturnCode.CONNECTION_ACCEPTED) {
                        connected();
                    } else {
                        statistics.refused();
                        context.close();
                    }
                } else if (read instanceof MqttMessage message
                        && message.fixedHeader().messageType() == MqttMessageType.PUBACK) {
                    int packet = ((MqttMessageIdVariableHeader) message.variableHeader()).messageId();
                    Outgoing done = unacknowledged.remove(packet);
                    if (done != null) {
                        statistics.acknowledged(id, done.seq());
                    }
                } else if (read instanceof MqttPublishMessage message) {
                    statistics.heard();
                    take(context, message);
                }
            } finally {
                ReferenceCountUtil.release(read);
            }
        }

        private void take(ChannelHandlerContext context, MqttPublishMessage message) {
            if (message.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE) {
                context.writeAndFlush(MqttMessageBuilders.pubAck()
                        .packetId(message.variableHeader().packetId())
                        .build());
            }
            byte[] payload = new byte[message.payload().readableBytes()];
            message.payload().readBytes(payload);
            listener.accept(message.variableHeader().topicName(), payload);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (ready) {
                ready = false;
                statistics.cutOff(id);
            }
            connectLater();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        private void ping(ChannelHandlerContext context) {
            if (context.channel().isActive()) {
                context.writeAndFlush(MqttMessage.PINGREQ);
            }
        }
    }
}
