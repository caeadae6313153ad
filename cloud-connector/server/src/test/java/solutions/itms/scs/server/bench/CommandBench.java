package solutions.itms.scs.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Payloads;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.message.command.CommandRefusedException;
import solutions.itms.scs.message.command.CommandReport;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.GatewayState;
import solutions.itms.scs.message.command.KeyRing;
import solutions.itms.scs.message.command.SigningKey;
import solutions.itms.scs.server.TestApi;
import solutions.itms.scs.server.command.GatewayKeys;
import solutions.itms.scs.server.command.ServerKeys;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.device.GatewayRegistry;

/**
 * From asking for a command over HTTP to its result on a browser's live stream, through the real server, broker and
 * database, with many gateways attached that verify, acknowledge and sign. The argument is a directory.
 */
public final class CommandBench {
    private static final int GATEWAYS = Integer.getInteger("scs.commands.gateways", 1_000);
    private static final int COMMANDS = Integer.getInteger("scs.commands.count", 1_000);
    private static final int WARM_UP = Integer.getInteger("scs.commands.warmup", 600);
    private static final int PER_SECOND = Integer.getInteger("scs.commands.rate", 20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long P50_BAR = 25;
    private static final long P99_BAR = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EventLoopGroup loops = new NioEventLoopGroup(1);
    private final ExecutorService clients = Executors.newFixedThreadPool(8, task -> {
        Thread thread = new Thread(task, "client");
        thread.setDaemon(true);
        return thread;
    });
    private final LoadStatistics statistics = new LoadStatistics();
    private final Map<String, AtomicLong> numbers = new ConcurrentHashMap<>();
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final Map<String, Long> begun = new ConcurrentHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private final ServerProcess server;
    private final KeyRing serverKeys;

    private CommandBench(ServerProcess server, KeyRing serverKeys) {
        this.server = server;
        this.serverKeys = serverKeys;
    }

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        Path data = Files.createDirectories(directory.resolve("data"));
        Instant now = Clock.systemUTC().instant();
        ServerKeys keys = ServerKeys.open(data.resolve("command-keys"), now);
        List<String> secrets = new ArrayList<>();
        List<SigningKey> signing = new ArrayList<>();
        try (Database database = Database.open(data.resolve("scs.db"))) {
            GatewayRegistry registry = new GatewayRegistry(database, Clock.systemUTC());
            for (int i = 0; i < GATEWAYS; i++) {
                secrets.add(registry.add(new GatewayIdentity(id(i), "scs")).orElseThrow());
                signing.add(GatewayKeys.enrol(database, id(i), keys, now));
            }
        }
        boolean good;
        try (ServerProcess server = ServerProcess.start(directory, null)) {
            good = new CommandBench(server, KeyRing.parse(keys.publicKeys())).run(secrets, signing);
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run(List<String> secrets, List<SigningKey> signing) throws Exception {
        for (int i = 0; i < GATEWAYS; i++) {
            LoadGateway gateway =
                    new LoadGateway(id(i), secrets.get(i), server.mqttPort(), loops.next(), statistics, 1_000, true);
            SigningKey key = signing.get(i);
            gateway.onMessage((topic, payload) -> take(gateway, key, topic, payload));
            gateway.loop().execute(gateway::connect);
            if (i % 20 == 0) {
                LockSupport.parkNanos(10_000_000);
            }
        }
        await(() -> statistics.connected() == GATEWAYS, "connections");
        TestApi api = new TestApi(server.url());
        api.login("admin", ServerProcess.PASSWORD);
        listen(api);
        play(api, WARM_UP);
        begun.clear();
        seen.clear();
        play(api, COMMANDS);
        return report(api);
    }

    /** What a gateway does: verifies, says that it works, and sends a signed result. */
    private void take(LoadGateway gateway, SigningKey key, String topic, byte[] payload) {
        if (!topic.contains("/" + Envelope.APP_ID + "/EXEC/")) {
            return;
        }
        try {
            byte[] body = Payloads.decode(payload).body();
            Envelope envelope = Envelope.open(serverKeys, new String(body, StandardCharsets.ISO_8859_1));
            Instant now = Clock.systemUTC().instant();
            String id = envelope.id();
            send(gateway, "command/" + id + "/ack", new CommandReport.Ack(id, GatewayState.RUNNING, now).encode());
            String result = new CommandReport.Result(
                            id, GatewayState.SUCCESS, now, now, Map.of("interfaces", List.of()), null, List.of())
                    .sign(key);
            send(gateway, "command/" + id + "/result", result.getBytes(StandardCharsets.US_ASCII));
        } catch (MalformedPayloadException | CommandRefusedException e) {
            failures.add(e.toString());
        }
    }

    private void send(LoadGateway gateway, String subject, byte[] body) {
        long seq = numbers.computeIfAbsent(gateway.id(), id -> new AtomicLong()).incrementAndGet();
        Payload payload =
                new Sequence("e", seq).on(new Payload(Clock.systemUTC().instant(), null, Map.of(), body));
        gateway.publish("scs/" + gateway.id() + "/SCS-V1/" + subject, PayloadCodec.encodePlain(payload), seq);
    }

    private void listen(TestApi api) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/live"))
                .header("Cookie", api.cookie())
                .build();
        HttpResponse<java.util.stream.Stream<String>> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
        Thread reader = new Thread(() -> answer.body().forEach(this::line), "live");
        reader.setDaemon(true);
        reader.start();
    }

    private void line(String line) {
        if (line.startsWith("data: ") && line.contains("\"state\":\"SUCCESS\"")) {
            long now = System.nanoTime();
            int at = line.indexOf("\"id\":\"") + 6;
            seen.putIfAbsent(line.substring(at, line.indexOf('"', at)), now);
        }
    }

    private void play(TestApi api, int count) {
        Random random = new Random(5);
        long start = System.nanoTime();
        AtomicLong created = new AtomicLong();
        for (int i = 0; i < count; i++) {
            long due = start + i * 1_000_000_000L / PER_SECOND;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            String gateway = id(random.nextInt(GATEWAYS));
            clients.execute(() -> {
                long at = System.nanoTime();
                String answer = api.post(
                                "/api/v1/commands",
                                "{\"gatewayId\":\"" + gateway + "\",\"type\":\"get_ip_config\",\"params\":{}}")
                        .body();
                begun.put(id(answer), at);
                created.incrementAndGet();
            });
        }
        await(() -> created.get() == count && seen.keySet().containsAll(begun.keySet()), "results");
    }

    private static String id(String answer) {
        try {
            JsonNode id = JSON.readTree(answer).get("id");
            return id.asText();
        } catch (Exception e) {
            throw new IllegalStateException(answer, e);
        }
    }

    private boolean report(TestApi api) throws Exception {
        long[] micros = begun.entrySet().stream()
                .mapToLong(entry -> (seen.get(entry.getKey()) - entry.getValue()) / 1_000)
                .sorted()
                .toArray();
        long states = TestApi.json(api.get("/api/v1/commands?state=SUCCESS&limit=500"))
                .get("items")
                .size();
        System.out.printf(
                Locale.ROOT,
                "%d commands at %d a second to %d gateways: %.1f ms at the median, %.1f ms at p90, %.1f ms at p99, %.1f"
                        + " ms at most; %d of the newest 500 are SUCCESS in the database; faults %s%n",
                micros.length,
                PER_SECOND,
                statistics.connected(),
                at(micros, 0.5),
                at(micros, 0.9),
                at(micros, 0.99),
                at(micros, 1),
                states,
                failures);
        boolean good = figure("commands_round_trip_p50", at(micros, 0.5), P50_BAR);
        good &= figure("commands_round_trip_p99", at(micros, 0.99), P99_BAR);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        return good && failures.isEmpty() && states == Math.min(500, COMMANDS + WARM_UP);
    }

    private static boolean figure(String name, double value, long bar) {
        boolean good = value <= bar;
        System.out.printf(
                Locale.ROOT, "figure name=%s value=%.1f unit=ms bar=%d %s%n", name, value, bar, good ? "ok" : "short");
        return good;
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))] / 1_000.0;
    }

    private static void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited too long for " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static String id(int index) {
        return "GW-" + (1_000 + index);
    }
}
