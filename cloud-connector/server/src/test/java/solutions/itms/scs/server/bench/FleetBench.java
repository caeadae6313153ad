package solutions.itms.scs.server.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.server.TestApi;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.device.GatewayRegistry;

/**
 * Thousands of gateways on the real server: they connect, send a message every five seconds, and all come back when the
 * server was killed. Arguments: a directory, how many gateways, how many seconds.
 */
public final class FleetBench {
    private static final int EVERY_SECONDS = 5;
    private static final int RECONNECT_MILLIS = 20_000;
    private static final int METRICS = 5;
    private static final int BAR_SECONDS = 60;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(4);

    private final EventLoopGroup loops = new NioEventLoopGroup(1);
    private final LoadStatistics statistics = new LoadStatistics();
    private final List<LoadGateway> gateways = new ArrayList<>();
    private final ServerProcess server;
    private final Database database;
    private final long[] nextSeq;
    private long sent;
    private boolean isGood = true;

    private FleetBench(ServerProcess server, Database database, List<String> secrets) {
        this.server = server;
        this.database = database;
        this.nextSeq = new long[secrets.size()];
        for (int i = 0; i < secrets.size(); i++) {
            gateways.add(new LoadGateway(
                    id(i), secrets.get(i), server.mqttPort(), loops.next(), statistics, RECONNECT_MILLIS, true));
        }
    }

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        int count = Integer.parseInt(args[1]);
        Files.createDirectories(directory.resolve("data"));
        boolean good;
        try (Database database = Database.open(directory.resolve("data/scs.db"))) {
            List<String> secrets = new ArrayList<>();
            GatewayRegistry registry = new GatewayRegistry(database, Clock.systemUTC());
            for (int i = 0; i < count; i++) {
                secrets.add(registry.add(new GatewayIdentity(id(i), "scs")).orElseThrow());
            }
            try (ServerProcess server = ServerProcess.start(directory, null)) {
                good = new FleetBench(server, database, secrets).run(Integer.parseInt(args[2]));
            }
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run(int seconds) throws Exception {
        long begin = System.nanoTime();
        gateways.forEach(LoadGateway::connect);
        await(() -> statistics.connected() == gateways.size(), "connections");
        System.out.printf(Locale.ROOT, "all %d connected after %.1f s%n", gateways.size(), since(begin));

        TestApi api = new TestApi(server.url());
        api.login("admin", ServerProcess.PASSWORD);
        long cpu = server.cpuTicks();
        begin = System.nanoTime();
        long worstLag = send(seconds, api);
        System.out.printf(
                Locale.ROOT,
                "for %d s: %d messages/s, server %.0f %% of a core, RSS %d MB, ingest lag %d ms at most%n",
                seconds,
                gateways.size() / EVERY_SECONDS,
                (server.cpuTicks() - cpu) / since(begin),
                server.rssMegabytes(),
                worstLag);
        figure("fleet_ingest_lag", worstLag, "ms", 1_000, worstLag <= 1_000);

        server.kill();
        await(() -> statistics.connected() == 0, "the end of all connections");
        server.start();
        begin = System.nanoTime();
        cpu = server.cpuTicks();
        while (statistics.connected() < gateways.size() && since(begin) < 4 * BAR_SECONDS) {
            send(1, null);
        }
        double back = since(begin);
        System.out.printf(
                Locale.ROOT,
                "server killed and started again: all %d are back %.1f s after it was ready, server %.0f %% of a core,"
                        + " RSS %d MB; %d logins refused%n",
                gateways.size(),
                back,
                (server.cpuTicks() - cpu) / back,
                server.rssMegabytes(),
                statistics.refusals());
        figure("fleet_reconnected", back, "s", BAR_SECONDS, back <= BAR_SECONDS);
        await(() -> statistics.acknowledged() == sent, "acknowledgements of the broker");
        await(() -> number("select coalesce(sum(taken_count), 0) from epoch") >= sent, "all in the database");
        long lost = sent - number("select sum(last_seq) from receipt where first_seq = 1");
        long rows = number("select count(*) from sample");
        figure("fleet_lost", Math.max(lost, sent * METRICS - rows), "rows", 0, lost == 0 && rows >= sent * METRICS);
        figure("fleet_duplicates", rows - sent * METRICS, "rows", 0, rows <= sent * METRICS);
        System.out.printf(Locale.ROOT, "%d messages, %d receipts heard%n", sent, statistics.receiptsHeard());
        gateways.forEach(gateway -> gateway.loop().execute(gateway::close));
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
        return isGood;
    }

    /** Everybody's turn once in five seconds, evenly spread. Returns the worst lag that the server told of. */
    private long send(int seconds, @Nullable TestApi api) {
        long perSecond = gateways.size() / EVERY_SECONDS;
        long begin = System.nanoTime();
        long worst = 0;
        for (long i = 0; i < perSecond * seconds; i++) {
            long due = begin + i * 1_000_000_000L / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            send((int) (sent % gateways.size()));
            if (api != null && i % perSecond == 0) {
                worst = Math.max(worst, api.metric("ingestLagMillis"));
            }
        }
        return worst;
    }

    private void send(int index) {
        LoadGateway gateway = gateways.get(index);
        long seq = ++nextSeq[index];
        sent++;
        Payload payload = Payload.of(
                Instant.ofEpochMilli(System.currentTimeMillis()),
                Map.of("cpu", 10.5 + seq, "load", 0.5, "disk.free", 5_000_000_000L - seq, "online", true, "n", 7));
        byte[] bytes = PayloadCodec.encodePlain(new Sequence("e", seq).on(payload));
        gateway.loop().execute(() -> gateway.publish("scs/" + gateway.id() + "/SCS-V1/gateway/metrics", bytes, seq));
    }

    private static void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited too long for " + what);
            }
            LockSupport.parkNanos(20_000_000);
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

    private static double since(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static String id(int index) {
        return "GW-" + (10_000 + index);
    }
}
