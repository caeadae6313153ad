package solutions.itms.scs.server.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.server.PostgresCluster;
import solutions.itms.scs.server.TestApi;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.PostgresAddress;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.device.GatewayRegistry;

/**
 * Metrics of many gateways through the real server into its database: as fast as they are taken, then at a steady rate
 * while somebody reads, then with the server killed in between. Arguments: {@code sqlite} or {@code postgresql}, a
 * directory, the bar in rows a second.
 */
public final class IngestBench {
    private static final int METRICS = 10;
    private static final int GATEWAYS = Integer.getInteger("scs.ingest.gateways", 50);
    private static final int WINDOW = 40;
    private static final int SECONDS = Integer.getInteger("scs.ingest.seconds", 15);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String SUBJECT = "gateway/metrics";

    private final EventLoopGroup loops = new NioEventLoopGroup(1);
    private final LoadStatistics statistics = new LoadStatistics();
    private final List<LoadGateway> gateways = new ArrayList<>();
    private final AtomicLong sent = new AtomicLong();
    private final long[] nextSeq = new long[GATEWAYS];
    private final long[] lastAt = new long[GATEWAYS];
    private final ServerProcess server;
    private final Database database;
    private final int bar;
    private final String name;
    private boolean isGood = true;

    private IngestBench(String name, int bar, ServerProcess server, Database database, List<String> secrets) {
        this.name = name;
        this.bar = bar;
        this.server = server;
        this.database = database;
        for (int i = 0; i < GATEWAYS; i++) {
            gateways.add(
                    new LoadGateway(id(i), secrets.get(i), server.mqttPort(), loops.next(), statistics, 1_000, false));
        }
    }

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[1]);
        int bar = Integer.parseInt(args[2]);
        boolean good;
        if (args[0].equals("postgresql")) {
            // its own defaults: fsync, full_page_writes and synchronous_commit are on
            try (PostgresCluster cluster = PostgresCluster.start()) {
                good = run(args[0], directory, cluster.freshDatabase(), bar);
            }
        } else {
            good = run(args[0], directory, null, bar);
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean run(String name, Path directory, @Nullable PostgresAddress postgres, int bar)
            throws Exception {
        Files.createDirectories(directory.resolve("data"));
        try (Database database =
                postgres == null ? Database.open(directory.resolve("data/scs.db")) : Database.open(postgres)) {
            GatewayRegistry registry = new GatewayRegistry(database, Clock.systemUTC());
            List<String> secrets = new ArrayList<>();
            for (int i = 0; i < GATEWAYS; i++) {
                secrets.add(registry.add(new GatewayIdentity(id(i), "scs")).orElseThrow());
            }
            try (ServerProcess server = ServerProcess.start(directory, postgres)) {
                return new IngestBench(name, bar, server, database, secrets).run();
            }
        }
    }

    private boolean run() throws Exception {
        gateways.forEach(LoadGateway::connect);
        await(() -> statistics.connected() == GATEWAYS, "connections");
        asFastAsItGoes(5 * bar / METRICS); // the compilers have to have seen the code before it is measured
        double best = asFastAsItGoes((long) SECONDS * bar / METRICS);
        figure("ingest_" + name + "_rows_per_second", best, "rows/s", bar, best >= bar);
        long p99 = steady(bar / METRICS);
        figure("ingest_" + name + "_queryable_p99", p99, "ms", 1_000, p99 <= 1_000);
        killed(bar / METRICS);
        gateways.forEach(gateway -> gateway.loop().execute(gateway::close));
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
        return isGood;
    }

    /** How many rows a second are committed while the gateways send whatever the broker acknowledges. */
    private double asFastAsItGoes(long messages) throws Exception {
        long target = sent.get() + messages;
        long cpu = server.cpuTicks();
        long begin = System.nanoTime();
        int next = 0;
        while (sent.get() < target) {
            next = (next + 1) % GATEWAYS;
            if (gateways.get(next).inFlight() < WINDOW) {
                send(next);
            } else {
                LockSupport.parkNanos(20_000);
            }
        }
        awaitStored();
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s: %d messages of %d metrics from %d gateways in %.1f s: %.0f rows/s, server %.0f %% of a core%n",
                name,
                messages,
                METRICS,
                GATEWAYS,
                seconds,
                messages * METRICS / seconds,
                (server.cpuTicks() - cpu) / seconds);
        return messages * METRICS / seconds;
    }

    /** At so many messages a second: how long until a message can be read through the API. Returns p99 in ms. */
    private long steady(int rate) throws Exception {
        List<Long> delays = new ArrayList<>();
        Thread prober = new Thread(() -> probe(delays));
        long cpu = server.cpuTicks();
        long begin = System.nanoTime();
        prober.start();
        paced(rate, SECONDS);
        prober.interrupt();
        prober.join();
        double seconds = (System.nanoTime() - begin) / 1e9;
        awaitStored();
        long[] sorted = delays.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%s: at %d messages/s, server %.0f %% of a core, RSS %d MB; readable after %d ms at the median, %d ms at"
                        + " p99, %d ms at most (%d probes)%n",
                name,
                rate,
                (server.cpuTicks() - cpu) / seconds,
                server.rssMegabytes(),
                at(sorted, 0.5),
                at(sorted, 0.99),
                at(sorted, 1),
                sorted.length);
        return at(sorted, 0.99);
    }

    /** The server is killed in the middle and started again. */
    private void killed(int rate) throws Exception {
        Thread killer = new Thread(() -> {
            try {
                LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
                server.kill();
                server.start();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        killer.start();
        paced(rate, SECONDS);
        killer.join();
        await(() -> statistics.acknowledged() == sent.get(), "acknowledgements of the broker");
        awaitStored();
        long lost = 0;
        for (int i = 0; i < GATEWAYS; i++) {
            lost += nextSeq[i]
                    - number("select coalesce(max(last_seq), 0) from receipt r join epoch e on e.id = r.epoch_id"
                            + " where e.gateway_id = '" + id(i) + "' and r.first_seq = 1");
        }
        long rows = number("select count(*) from sample");
        long expected = sent.get() * METRICS;
        System.out.printf(
                Locale.ROOT,
                "%s: killed once under load; %d messages acknowledged, %d of them not taken; %d rows of %d in the history%n",
                name,
                statistics.acknowledged(),
                lost,
                rows,
                expected);
        figure("ingest_" + name + "_lost", Math.max(lost, expected - rows), "rows", 0, lost == 0 && rows >= expected);
        figure("ingest_" + name + "_duplicates", Math.max(0, rows - expected), "rows", 0, rows <= expected);
    }

    private void paced(int rate, int seconds) {
        long begin = System.nanoTime();
        for (long i = 0; i < (long) rate * seconds; i++) {
            long due = begin + i * 1_000_000_000L / rate;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            send((int) (i % GATEWAYS));
        }
    }

    private void send(int index) {
        LoadGateway gateway = gateways.get(index);
        long seq = ++nextSeq[index];
        // one sample a millisecond and series
        long at = Math.max(lastAt[index] + 1, System.currentTimeMillis());
        lastAt[index] = at;
        byte[] payload = payload(seq, at);
        sent.incrementAndGet();
        gateway.loop().execute(() -> gateway.publish("scs/" + gateway.id() + "/SCS-V1/" + SUBJECT, payload, seq));
    }

    private static byte[] payload(long seq, long at) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("cpu", 12.5 + seq % 80);
        metrics.put("load", (seq % 400) / 100.0);
        metrics.put("temperature", 41.5f);
        metrics.put("memory.free", 268_435_456L + seq);
        metrics.put("disk.free", 5_368_709_120L - seq);
        metrics.put("uptime", seq * 1_000);
        metrics.put("queue.depth", (int) (seq % 100));
        metrics.put("online", true);
        metrics.put("state", "running");
        metrics.put("latency", 0.001 * (seq % 1_000));
        return PayloadCodec.encodePlain(new Sequence("e", seq).on(Payload.of(Instant.ofEpochMilli(at), metrics)));
    }

    /** Again and again: from sending a message to the first answer of the API that has it. */
    private void probe(List<Long> delays) {
        TestApi api = new TestApi(server.url());
        api.login("admin", ServerProcess.PASSWORD);
        int next = 0;
        while (!Thread.interrupted()) {
            next = (next + 7) % GATEWAYS;
            long at = lastAt[next];
            long begin = System.nanoTime();
            String path = "/api/v1/metrics?gateway=" + id(next) + "&subject=" + SUBJECT + "&metric=cpu&limit=1&from="
                    + Instant.ofEpochMilli(at);
            try {
                while (!api.get(path).body().contains("receivedAt")) {
                    if (Thread.currentThread().isInterrupted()) {
                        return;
                    }
                    LockSupport.parkNanos(2_000_000);
                }
            } catch (IllegalStateException e) {
                return;
            }
            // the message was sent before it was chosen
            delays.add(Math.max(
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin), System.currentTimeMillis() - at));
            LockSupport.parkNanos(20_000_000);
        }
    }

    private void awaitStored() {
        await(() -> number("select coalesce(sum(taken_count), 0) from epoch") >= sent.get(), "all in the database");
    }

    private static void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited too long for " + what);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private long number(String sql) {
        return database.reading()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private void figure(String figure, double value, String unit, int bar, boolean good) {
        isGood &= good;
        System.out.printf(
                Locale.ROOT,
                "figure name=%s value=%.0f unit=%s bar=%d %s%n",
                figure,
                value,
                unit,
                bar,
                good ? "ok" : "short");
    }

    private static long at(long[] sorted, double share) {
        return sorted.length == 0 ? -1 : sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    }

    private static String id(int index) {
        return "GW-" + (1_000 + index);
    }
}
