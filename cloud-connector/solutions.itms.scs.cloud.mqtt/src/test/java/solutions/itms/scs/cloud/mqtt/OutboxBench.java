package solutions.itms.scs.cloud.mqtt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import solutions.itms.scs.cloud.mqtt.outbox.Message;
import solutions.itms.scs.cloud.mqtt.outbox.Outbox;
import solutions.itms.scs.cloud.mqtt.outbox.OutboxLimits;
import solutions.itms.scs.store.FileStores;

/**
 * The outbox and the connection beside their limits: a raw file, a raw log and bare Paho, in the same process, one after
 * the other, round by round. Run by {@code ./scs bench outbox}: {@code OutboxBench speed|memory DIRECTORY [PORT]}.
 */
final class OutboxBench {
    private static final int SIZE = 300;
    private static final int ROUNDS = Integer.getInteger("scs.bench.rounds", 5);
    private static final int SLICES = 8;

    /** Both sides take turns in short slices: a disk is not as fast now as it is in two seconds. */
    private static final Duration SLICE = Duration.ofMillis(Integer.getInteger("scs.bench.millis", 250));

    private static final int DRAINED = Integer.getInteger("scs.bench.messages", 100_000);
    private static final int QUEUED = 1_000_000;
    private static final OutboxLimits LIMITS =
            new OutboxLimits(2_000_000_000, Duration.ZERO, true, false, Duration.ofSeconds(60));

    private final Path directory;
    private final byte[] payload = new byte[SIZE];
    private boolean isShort;
    private int files;

    private OutboxBench(Path directory) {
        this.directory = directory;
        new Random(7).nextBytes(payload);
    }

    public static void main(String[] args) throws Exception {
        OutboxBench bench = new OutboxBench(Path.of(args[1]));
        if (args[0].equals("memory")) {
            bench.memory();
        } else {
            bench.enqueue();
            bench.drain(Integer.parseInt(args[2]));
        }
        System.exit(bench.isShort ? 1 : 0);
    }

    // --- accepting ---------------------------------------------------------------------------------------------------

    private void enqueue() throws Exception {
        List<Double> single = new ArrayList<>();
        List<Double> batch = new ArrayList<>();
        try (Outbox outbox = open("enqueue", LIMITS)) {
            raw(1);
            accepted(outbox, 1);
            accepted(outbox, 100);
            for (int round = 1; round <= ROUNDS; round++) {
                single.add(turns(outbox, round, 1));
                batch.add(turns(outbox, round, 100));
            }
        }
        figure("outbox_enqueue_single_vs_raw_file", median(single), "x", 0.9);
        figure("outbox_enqueue_batch100_vs_raw_log", median(batch), "x", 0.35);
    }

    private double turns(Outbox outbox, int round, int group) throws Exception {
        double raw = 0;
        double ours = 0;
        for (int slice = 0; slice < SLICES; slice++) {
            raw += raw(group);
            ours += accepted(outbox, group);
        }
        say("round %d, %d a commit: %.0f of %.0f messages/s", round, group, ours / SLICES, raw / SLICES);
        return ours / raw;
    }

    /** Messages a second that a plain file takes: one write and one fdatasync for so many of them. */
    private double raw(int group) throws IOException {
        Path file = directory.resolve("raw-" + files++);
        ByteBuffer buffer = ByteBuffer.allocate(group * (SIZE + 8));
        try (FileChannel log = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long begin = System.nanoTime();
            long count = 0;
            while (System.nanoTime() - begin < SLICE.toNanos()) {
                buffer.clear();
                for (int i = 0; i < group; i++) {
                    CRC32C sum = new CRC32C();
                    sum.update(payload);
                    buffer.putInt(SIZE).putInt((int) sum.getValue()).put(payload);
                }
                buffer.flip();
                while (buffer.hasRemaining()) {
                    log.write(buffer);
                }
                log.force(false);
                count += group;
            }
            return rate(count, begin);
        } finally {
            Files.delete(file);
        }
    }

    private double accepted(Outbox outbox, int group) throws Exception {
        long begin = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - begin < SLICE.toNanos()) {
            if (group == 1) {
                outbox.add(message());
            } else {
                outbox.addAll(messages(group));
            }
            count += group;
        }
        return rate(count, begin);
    }

    // --- sending -----------------------------------------------------------------------------------------------------

    private void drain(int port) throws Exception {
        String direct = "tcp://127.0.0.1:" + port;
        List<Double> ratios = new ArrayList<>();
        bare(direct, 100, DRAINED);
        drained(direct, 100);
        for (int round = 1; round <= ROUNDS; round++) {
            double bare = bare(direct, 100, DRAINED);
            double ours = drained(direct, 100);
            ratios.add(ours / bare);
            say("round %d: sent and deleted %.0f of %.0f messages/s that bare Paho sends", round, ours, bare);
        }
        figure("outbox_drain_vs_bare_paho", median(ratios), "x", 0.6);
        List<Double> far = new ArrayList<>();
        try (SlowLine line = new SlowLine(port, Duration.ofMillis(20))) {
            for (int round = 1; round <= ROUNDS; round++) {
                double nine = bare(line.url(), 9, 1_000);
                double ours = drained(line.url(), 1_000);
                // 9 in flight give 9 per round trip at best, whatever a sender makes of it
                far.add(ours / Math.max(nine, 9 / 0.02));
                say("round %d, 20 ms round trip: %.0f messages/s; bare Paho with 9 in flight %.0f", round, ours, nine);
            }
        }
        figure("outbox_drain_20ms_vs_9_in_flight", median(far), "x", 50);
    }

    /** Messages a second that Paho alone sends with so many in flight. */
    private double bare(String url, int window, int count) throws Exception {
        MqttAsyncClient client = new MqttAsyncClient(url, "bare-" + files++, new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMaxInflight(2 * window + 16);
        client.connect(options).waitForCompletion();
        Semaphore slots = new Semaphore(window);
        IMqttActionListener done = new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                slots.release();
            }

            @Override
            public void onFailure(IMqttToken token, Throwable cause) {
                say("bare Paho failed: %s", cause);
            }
        };
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            slots.acquire();
            client.publish("scs/bench/SCS-V1/gate/G1-01/state", payload, 1, false, null, done);
        }
        slots.acquire(window);
        double rate = rate(count, begin);
        client.disconnect().waitForCompletion();
        client.close();
        return rate;
    }

    /** Messages a second that go from the queue to the broker and are deleted. */
    private double drained(String url, int window) throws Exception {
        String name = "drain-" + files++;
        Path folder = directory.resolve(name);
        Map<String, Object> properties = new HashMap<>(Map.of(
                "broker.url",
                url,
                "client.id",
                name,
                "in.flight",
                window,
                "confirmation",
                "broker",
                "drain.messages",
                0,
                "drain.kilobytes",
                0,
                "drain.start",
                0,
                "enabled",
                false));
        try (Connection connection = new Connection(
                new FileStores(folder, Clock.systemUTC()),
                name,
                Map::of,
                new Gateway.NoListener(),
                id -> {},
                Clock.systemUTC())) {
            configure(connection, properties);
            for (int i = 0; i < DRAINED; i += 500) {
                connection.outbox().addAll(messages(500));
            }
            properties.put("enabled", true);
            configure(connection, properties);
            while (!connection.session().isConnected()) {
                LockSupport.parkNanos(100_000);
            }
            long begin = System.nanoTime();
            while (connection.outbox().queued() > 0) {
                LockSupport.parkNanos(1_000_000);
            }
            return rate(DRAINED, begin);
        } finally {
            delete(folder);
        }
    }

    private static void configure(Connection connection, Map<String, Object> properties) {
        connection.configure(SettingsReader.read(properties, stored -> stored, () -> "bench"), TlsSource.JVM);
    }

    // --- memory ------------------------------------------------------------------------------------------------------

    private void memory() throws Exception {
        try (Outbox outbox = open("memory", LIMITS)) {
            fill(outbox, 10_000);
            handOut(outbox);
            long few = liveBytes();
            fill(outbox, QUEUED - 10_000);
            outbox.returnAll();
            handOut(outbox);
            long many = liveBytes();
            say("live heap with 10,000 messages queued: %.2f MB, with 1,000,000: %.2f MB", few / 1e6, many / 1e6);
            figure("outbox_memory_1000000_vs_10000_queued", (double) many / few, "x", 1.1, false);
            say("the heap was limited to %.0f MB", Runtime.getRuntime().maxMemory() / 1e6);
        }
    }

    /** As a connection would: a window of messages in flight. */
    private static void handOut(Outbox outbox) {
        for (int i = 0; i < 100; i++) {
            outbox.next(Pace.ALL);
        }
    }

    private void fill(Outbox outbox, int count) throws Exception {
        for (int i = 0; i < count; i += 500) {
            outbox.addAll(messages(500));
        }
    }

    private static long liveBytes() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    // --- tools -------------------------------------------------------------------------------------------------------

    private Outbox open(String name, OutboxLimits limits) throws InterruptedException {
        Outbox outbox = new Outbox(
                new FileStores(directory, Clock.systemUTC()), name, limits, 1_000_000, id -> {}, System::nanoTime);
        outbox.awaitOpen(30, TimeUnit.SECONDS);
        return outbox;
    }

    private Message message() {
        return new Message(false, null, "SCS-V1", "gate/G1-01/state", payload, 1, false, 7, null, "");
    }

    private List<Message> messages(int count) {
        List<Message> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            messages.add(message());
        }
        return messages;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static double rate(long count, long begin) {
        return count * 1e9 / (System.nanoTime() - begin);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private void figure(String name, double value, String unit, double bar) {
        figure(name, value, unit, bar, true);
    }

    private void figure(String name, double value, String unit, double bar, boolean atLeast) {
        boolean good = atLeast ? value >= bar : value <= bar;
        isShort |= !good;
        say("figure name=%s value=%.2f unit=%s bar=%s %s", name, value, unit, bar, good ? "ok" : "short");
    }
}
