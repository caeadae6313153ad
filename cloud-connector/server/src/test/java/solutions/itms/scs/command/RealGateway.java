package solutions.itms.scs.command;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandlerMessageConstants;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraResponsePayload;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.sqlite.JDBC;
import solutions.itms.scs.api.command.CommandHandler;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Payloads;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.message.command.DeviceType;
import solutions.itms.scs.message.command.Safety;
import solutions.itms.scs.server.CommandGateway;
import solutions.itms.scs.server.TestServer;
import solutions.itms.scs.store.FileStores;

/**
 * The real executor, with the real client of the server's HTTP API, behind a connection that does what Kura's own does:
 * its topics, its life cycle without session ids, its answers at QoS 0, and no queue.
 */
final class RealGateway implements AutoCloseable, Telemetry {
    private final String id;
    private volatile CommandGateway identity;
    private final Handlers handlers = new Handlers();
    private final Fallback fallback;
    private final RunningExecutor running;
    private final CommandRequestsAdapter requests;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong seq = new AtomicLong();
    private final List<String> envelopes = new CopyOnWriteArrayList<>();
    private volatile boolean connected;

    RealGateway(TestServer server, String id, Path directory) {
        this(server.commandGateway(id), id, server.clock(), server.api().address(), directory);
    }

    /** @param address of the server's HTTP API */
    RealGateway(CommandGateway identity, String id, Clock clock, String address, Path directory) {
        this.id = id;
        this.identity = identity;
        Settings settings = settings();
        this.fallback = new Fallback(
                new TelemetryUplink(this, clock),
                () -> connected,
                () -> executorOrNull(),
                clock,
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                new FallbackSettings(URI.create(address), Duration.ofMillis(100)),
                settings.key());
        this.running = new RunningExecutor(
                new FileStores(directory, clock),
                target -> Optional.<DeviceType>empty(),
                handlers,
                fallback,
                clock,
                settings);
        this.requests = new CommandRequestsAdapter(running::executor);
        running.start();
        shareDriver();
    }

    /** The bundle's store takes the driver away from the JVM, which the server in the same process needs. */
    private static void shareDriver() {
        try {
            DriverManager.registerDriver(new JDBC());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Settings settings() {
        return new Settings(
                identity.serverKeys(),
                identity.key(),
                EnumSet.allOf(Safety.class),
                Duration.ofSeconds(120),
                4,
                100,
                1_000,
                Duration.ofDays(90),
                Duration.ofSeconds(5),
                List.of());
    }

    private CommandExecutor executorOrNull() {
        return running.executor();
    }

    void handle(String type, CommandHandler handler) {
        handlers.add(type, handler);
    }

    /** From now on it fetches commands when there is no connection. */
    void fetchWithoutConnection() {
        fallback.start();
    }

    /** The server's new keys, as an operator sets them while everything goes on. */
    void tell(String configuration) {
        identity.tell(configuration);
        running.configure(settings());
    }

    /** The server was started anew at another port; the executor goes on. */
    RealGateway moveTo(TestServer server) {
        identity = server.again(identity);
        return this;
    }

    /** Every signed command that came by MQTT. */
    List<String> envelopes() {
        return envelopes;
    }

    Reply submit(String envelope) {
        return executorOrNull().submit(envelope);
    }

    boolean isFetching() {
        return fallback.isActive();
    }

    /** As Kura's own connection: no session id, everything for this gateway, then its birth. */
    RealGateway connect() throws MqttException {
        identity.gateway().connect((String) null);
        identity.gateway()
                .mqtt()
                .subscribe(
                        "$EDC/scs/" + id + "/#",
                        1,
                        (topic, message) -> threads.execute(() -> take(topic, message.getPayload())));
        identity.gateway().birth(null);
        connected = true;
        running.connected();
        return this;
    }

    /** Connects if the line is down and the server is there. */
    void connectIfDown() {
        if (connected && identity.gateway().mqtt().isConnected()) {
            return;
        }
        connected = false;
        try {
            connect();
        } catch (MqttException e) {
            // not yet
        }
    }

    /** The line is cut. */
    void cut() throws MqttException {
        connected = false;
        identity.die();
    }

    private void take(String topic, byte[] bytes) {
        List<String> levels = Arrays.asList(topic.split("/"));
        if (levels.size() < 6 || !levels.get(3).equals("SCS-CMD-V1")) {
            return;
        }
        try {
            Payload request = Payloads.decode(bytes);
            KuraPayload payload = new KuraPayload();
            payload.setBody(request.body());
            if (levels.get(4).equals("EXEC")) {
                envelopes.add(new String(request.body(), StandardCharsets.US_ASCII));
            }
            KuraMessage message = new KuraMessage(
                    payload, Map.of(RequestHandlerMessageConstants.ARGS_KEY.value(), levels.subList(5, levels.size())));
            KuraResponsePayload answer =
                    (KuraResponsePayload) dispatch(levels.get(4), message).getPayload();
            Payload reply =
                    new Payload(null, null, Map.of("response.code", answer.getResponseCode()), answer.getBody());
            identity.gateway()
                    .mqtt()
                    .publish(
                            "$EDC/scs/" + request.text("requester.client.id") + "/SCS-CMD-V1/REPLY/"
                                    + request.text("request.id"),
                            PayloadCodec.encode(reply),
                            0,
                            false);
        } catch (Exception e) {
            // the line is cut: what Kura's own connection does then
            connected = identity.gateway().mqtt().isConnected();
        }
    }

    private KuraMessage dispatch(String method, KuraMessage message) throws KuraException {
        return switch (method) {
            case "EXEC" -> requests.doExec(null, message);
            case "GET" -> requests.doGet(null, message);
            case "PUT" -> requests.doPut(null, message);
            case "DEL" -> requests.doDel(null, message);
            default -> throw new IllegalArgumentException(method);
        };
    }

    /** As a publisher of Kura's own connection with numbers; what can't be sent now is lost. */
    @Override
    public void send(String subject, Payload payload, Priority priority) {
        long number = seq.incrementAndGet();
        threads.execute(() -> {
            try {
                identity.gateway()
                        .publish(
                                identity.gateway().topic(subject),
                                PayloadCodec.encode(new Sequence("stock", number).on(payload)));
            } catch (MqttException | IllegalStateException e) {
                // lost
            }
        });
    }

    @Override
    public AutoCloseable onConnected(Runnable callback) {
        throw new UnsupportedOperationException("nobody asks for it here");
    }

    @Override
    public void close() throws Exception {
        fallback.close();
        running.close();
        threads.shutdownNow();
        identity.close();
    }
}
