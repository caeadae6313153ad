package solutions.itms.scs.server;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Payloads;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.message.command.CommandRefusedException;
import solutions.itms.scs.message.command.CommandReport;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.ErrorCode;
import solutions.itms.scs.message.command.Failure;
import solutions.itms.scs.message.command.GatewayState;
import solutions.itms.scs.message.command.KeyRing;
import solutions.itms.scs.message.command.SigningKey;

/** A gateway that takes commands, as the server sees it. What it does with them the test says. */
public final class CommandGateway implements AutoCloseable {
    private static final int WAIT_SECONDS = 20;

    private final String id;
    private final String configuration;
    private final TestGateway gateway;
    private volatile KeyRing serverKeys;
    private final SigningKey key;
    private final String epoch = "e" + System.nanoTime();
    private final AtomicLong seq = new AtomicLong();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

    /** What the server asks for: {@code EXEC commands}, {@code DEL commands/<id>} and so on. */
    public record Request(String resource, String requestId, String requester, String body) {}

    /** @param configuration what {@code add-gateway} printed */
    public CommandGateway(String id, TestGateway gateway, String configuration) {
        this.id = id;
        this.gateway = gateway;
        this.configuration = configuration;
        this.serverKeys =
                KeyRing.parse(List.of(property(configuration, "server.keys").split(",")));
        this.key = SigningKey.parse(property(configuration, "gateway.key"));
    }

    static String property(String configuration, String name) {
        return configuration
                .lines()
                .filter(line -> line.startsWith("solutions.itms.scs.command.Executor/" + name + "="))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .findFirst()
                .orElseThrow();
    }

    /** Connects, subscribes and tells that it is there. */
    public CommandGateway connect() throws MqttException {
        String session = "s" + System.nanoTime();
        gateway.connect(session);
        gateway.mqtt().subscribe("$EDC/scs/" + id + "/#", 1, (topic, message) -> take(topic, message.getPayload()));
        gateway.birth(session);
        return this;
    }

    CommandGateway at(String url) {
        return new CommandGateway(id, new TestGateway(url, id, TestServer.passwordIn(configuration)), configuration);
    }

    public TestGateway gateway() {
        return gateway;
    }

    public SigningKey key() {
        return key;
    }

    /** Whose commands are taken. */
    public KeyRing serverKeys() {
        return serverKeys;
    }

    public PublicKey serverKey(String kid) {
        return serverKeys.find(kid).orElseThrow();
    }

    private void take(String topic, byte[] payload) throws MalformedPayloadException {
        String app = "$EDC/scs/" + id + "/" + Envelope.APP_ID + "/";
        if (topic.startsWith(app)) {
            Payload request = Payloads.decode(payload);
            byte @Nullable [] body = request.body();
            requests.add(new Request(
                    topic.substring(app.length()),
                    String.valueOf(request.text("request.id")),
                    String.valueOf(request.text("requester.client.id")),
                    body == null ? "" : new String(body, StandardCharsets.UTF_8)));
        }
    }

    /** The next request but confirmations. */
    public Request next() throws InterruptedException {
        while (true) {
            Request request = requests.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            if (request == null) {
                throw new IllegalStateException("the server asked for nothing");
            }
            if (!request.resource().startsWith("PUT/")) {
                return request;
            }
        }
    }

    /** The next confirmation. */
    public Request nextConfirmation() throws InterruptedException {
        while (true) {
            Request request = requests.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            if (request == null) {
                throw new IllegalStateException("the server confirmed nothing");
            }
            if (request.resource().startsWith("PUT/")) {
                return request;
            }
        }
    }

    /** The command of this envelope, its signature verified by the keys that the gateway was told of. */
    public Envelope open(String jws) throws CommandRefusedException {
        return Envelope.open(serverKeys, jws);
    }

    /** From now on the gateway knows these keys, as {@code command-keys} printed them. */
    public void tell(String configuration) {
        serverKeys =
                KeyRing.parse(List.of(property(configuration, "server.keys").split(",")));
    }

    /** Requests that came and were not asked for yet. */
    public List<Request> waiting() {
        return new ArrayList<>(requests);
    }

    /** The next command, its signature verified. */
    public Envelope nextCommand() throws InterruptedException, CommandRefusedException {
        Request request = next();
        if (!request.resource().equals("EXEC/commands")) {
            throw new IllegalStateException("expected a command, not " + request.resource());
        }
        return Envelope.open(serverKeys, request.body());
    }

    public void ack(String command, GatewayState state) throws MqttException {
        report("command/" + command + "/ack", new CommandReport.Ack(command, state, Instant.EPOCH).encode());
    }

    public void progress(String command, int percent) throws MqttException {
        report(
                "command/" + command + "/progress",
                new CommandReport.Progress(command, percent, "half way", Instant.EPOCH).encode());
    }

    public void success(String command) throws MqttException {
        result(command, succeeded(command).sign(key));
    }

    public void result(String command, String jws) throws MqttException {
        report("command/" + command + "/result", jws.getBytes(StandardCharsets.UTF_8));
    }

    public static CommandReport.Result succeeded(String command) {
        return new CommandReport.Result(
                command, GatewayState.SUCCESS, Instant.EPOCH, Instant.EPOCH, Map.of("ok", true), null, List.of());
    }

    public static CommandReport.Result ended(String command, GatewayState state, ErrorCode code) {
        return new CommandReport.Result(
                command,
                state,
                null,
                Instant.EPOCH,
                null,
                new Failure(code, "as the test says", Failure.RUN),
                List.of());
    }

    public void pull(Map<String, GatewayState> known, String... available) throws MqttException {
        report("command/pull", new CommandReport.Pull("r1", List.of(available), known, Instant.EPOCH).encode());
    }

    public void answer(Request request, int code) throws MqttException {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("response.code", code);
        gateway.publish(
                "$EDC/scs/" + request.requester() + "/" + Envelope.APP_ID + "/REPLY/" + request.requestId(),
                PayloadCodec.encode(Payload.of(Instant.EPOCH, metrics)));
    }

    private void report(String subject, byte[] body) throws MqttException {
        Payload payload =
                new Sequence(epoch, seq.incrementAndGet()).on(new Payload(Instant.EPOCH, null, Map.of(), body));
        gateway.publish(gateway.topic(subject), PayloadCodec.encode(payload));
    }

    public void die() throws MqttException {
        gateway.die();
    }

    @Override
    public void close() throws MqttException {
        gateway.close();
    }
}
