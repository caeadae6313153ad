package solutions.itms.scs.ssh;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import solutions.itms.scs.api.gate.GateAddress;
import solutions.itms.scs.ssh.logs.Budget;
import solutions.itms.scs.ssh.logs.Catalogue;
import solutions.itms.scs.ssh.logs.LogBundle;
import solutions.itms.scs.ssh.logs.LogCollector;
import solutions.itms.scs.ssh.logs.LogStore;
import solutions.itms.scs.ssh.logs.PathPattern;
import solutions.itms.scs.ssh.logs.SftpFiles;
import solutions.itms.scs.store.FileStores;

/** Started by {@code bench/ssh/run.sh}. */
public final class SshBench implements AutoCloseable {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String ECHO = "echo ok";

    private final Path work;
    private final OpenSshGate gate;
    private final HostKeys hostKeys;
    private final ScheduledExecutorService watchdogs = Executors.newSingleThreadScheduledExecutor();
    private final GateConnections connections;
    private boolean failed;

    private SshBench(Path work) throws Exception {
        this.work = Files.createDirectories(work);
        this.gate = OpenSshGate.start(work.resolve("gate"), "");
        this.hostKeys = HostKeys.open(new FileStores(work.resolve("db"), CLOCK), Map.of(), true, CLOCK);
        this.connections = new GateConnections(hostKeys, gate.login(), LevelLimits.NONE, watchdogs);
    }

    /** Arguments: speed|mixed|flat|log, a folder, a size. */
    public static void main(String[] arguments) throws Exception {
        boolean anyFailed;
        try (SshBench bench = new SshBench(Path.of(arguments[1]))) {
            switch (arguments[0]) {
                case "speed" -> bench.speed();
                case "mixed" -> bench.mixed();
                case "flat" -> bench.flat(Integer.parseInt(arguments[2]));
                default -> bench.log(Integer.parseInt(arguments[2]));
            }
            anyFailed = bench.failed;
        }
        System.exit(anyFailed ? 1 : 0);
    }

    @Override
    public void close() throws Exception {
        connections.stop();
        watchdogs.shutdownNow();
        hostKeys.close();
        gate.close();
    }

    private void speed() throws Exception {
        List<GateAddress> hosts = hosts(100);
        List<Double> seconds = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            double before = cpuSeconds();
            long begun = System.nanoTime();
            probeAll(hosts, 8, Duration.ofSeconds(10), result -> {
                if (!result.isWell()) {
                    throw new IllegalStateException(result.reason());
                }
            });
            seconds.add((System.nanoTime() - begun) / 1e9);
            cpu.add(cpuSeconds() - before);
        }
        double[] theirs = openSsh();
        System.out.printf(
                Locale.ROOT,
                "ours: %s s, CPU %s s in rounds of 100 hosts, the first with a cold JVM; ssh and xargs -P16: %.2f s, CPU %.2f s%n",
                texts(seconds),
                texts(cpu),
                theirs[0],
                theirs[1]);
        double best = seconds.subList(1, 4).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        double bestCpu = cpu.subList(1, 4).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        figure("speed_against_openssh", theirs[0] / best, "x", 3, true);
        figure("cpu_against_openssh", bestCpu / theirs[1], "x", 0.25, false);
    }

    /** Elapsed and CPU seconds of OpenSSH's client. */
    private double[] openSsh() throws Exception {
        String ssh = "ssh -F none -p " + gate.port() + " -i " + gate.keyFile()
                + " -o BatchMode=yes -o StrictHostKeyChecking=no"
                + " -o UserKnownHostsFile=" + work.resolve("known") + " -o LogLevel=ERROR " + OpenSshGate.user()
                + "@127.0.0.1 " + ECHO;
        run(ssh);
        String out = run("TIMEFORMAT='%R %U %S'; time (seq 100 | xargs -P16 -I{} " + ssh + " >/dev/null) 2>&1");
        String[] times = out.strip().split("\\s+");
        return new double[] {Double.parseDouble(times[0]), Double.parseDouble(times[1]) + Double.parseDouble(times[2])};
    }

    private static String run(String script) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(out);
        }
        return out;
    }

    private void mixed() throws Exception {
        Duration timeout = Duration.ofSeconds(5);
        List<GateAddress> hosts = new ArrayList<>(hosts(170));
        try (ServerSocket refused = new ServerSocket(0);
                ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ServerSocket endless = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int closedPort = refused.getLocalPort();
            refused.close();
            List<Socket> fillers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Socket filler = new Socket();
                try {
                    filler.connect(full.getLocalSocketAddress(), 200);
                } catch (IOException e) {
                    // full
                }
                fillers.add(filler);
            }
            daemon(() -> talk(endless));
            for (int i = 0; i < 10; i++) {
                hosts.add(new GateAddress("closed" + i, "127.0.0.1", closedPort));
                hosts.add(new GateAddress("gone" + i, "127.0.0.1", full.getLocalPort()));
            }
            for (int i = 0; i < 3; i++) {
                hosts.add(new GateAddress("silent" + i, "127.0.0.1", silent.getLocalPort()));
                hosts.add(new GateAddress("endless" + i, "127.0.0.1", endless.getLocalPort()));
            }
            for (int i = 0; i < 4; i++) {
                hosts.add(gate.address("hang" + i));
            }
            java.util.Collections.shuffle(hosts, new java.util.Random(1));
            List<String> odd = new java.util.concurrent.CopyOnWriteArrayList<>();
            long begun = System.nanoTime();
            probeAll(hosts, 128, timeout, result -> {
                if (result.isWell() != result.gateId().startsWith("G")) {
                    odd.add(result.gateId() + ": " + result.reason());
                }
            });
            double seconds = (System.nanoTime() - begun) / 1e9;
            fillers.forEach(filler -> {
                try {
                    filler.close();
                } catch (IOException e) {
                    // it is over
                }
            });
            System.out.println("200 gates, 20 dead, 10 hanging, 128 at a time, time-out 5 s; not as expected: " + odd);
            figure("all_results", seconds / timeout.toSeconds(), "time-outs", 1.5, false);
            figure("wrong_results", odd.size(), "gates", 0, false);
        }
    }

    private void flat(int probes) throws Exception {
        List<GateAddress> hosts = hosts(100);
        List<String> alarms = new java.util.concurrent.CopyOnWriteArrayList<>();
        List<String> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
        long heapBefore = 0;
        int threadsBefore = 0;
        long begun = System.nanoTime();
        for (int done = 0; done < probes; done += hosts.size()) {
            probeAll(hosts, 8, Duration.ofSeconds(20), result -> {
                if (result.failed() == Level.HOST_KEY) {
                    alarms.add(String.valueOf(result.reason()));
                } else if (!result.isWell()) {
                    failures.add(String.valueOf(result.reason()));
                }
            });
            if (done == probes / 10 / hosts.size() * hosts.size()) {
                heapBefore = heap();
                threadsBefore = Thread.activeCount();
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%d probes in %.0f s; other failures: %s; threads %d -> %d; open files %d%n",
                probes,
                seconds,
                failures,
                threadsBefore,
                Thread.activeCount(),
                files());
        figure("heap_after_ten_times_as_many", (double) heap() / heapBefore, "x", 1.1, false);
        figure("false_host_key_alarms", alarms.size(), "alarms", 0, false);
        figure("failed_probes", failures.size(), "probes", 0, false);
    }

    private void log(int megabytes) throws Exception {
        Path folder = Files.createDirectories(work.resolve("var/log"));
        Path log = folder.resolve("app.log");
        MessageDigest expected = MessageDigest.getInstance("SHA-256");
        long line = write(log, 0, megabytes * 1024L * 1024, expected);
        LogStore store = LogStore.open(new FileStores(work.resolve("db"), CLOCK), CLOCK);
        Catalogue catalogue = new Catalogue(
                "bench",
                List.of("*"),
                List.of(new Catalogue.LogSource(PathPattern.of(folder + "/app.log*"), Long.MAX_VALUE / 4)),
                List.of(),
                List.of());
        boolean[] rotated = {false};
        long[] next = {line};
        long begun = System.nanoTime();
        long bytes;
        try (GateConnection connection = connections.open(gate.address("G1"), Duration.ofMinutes(15))) {
            connection.connect();
            connection.login();
            Budget budget = new Budget(
                    Long.MAX_VALUE,
                    Long.MAX_VALUE / 4_000_000_000L,
                    () -> Duration.ofMinutes(1),
                    () -> {
                        if (!rotated[0] && System.nanoTime() - begun > 2_000_000_000L) {
                            rotated[0] = true;
                            rotate(log, next, expected);
                        }
                        return false;
                    },
                    System::nanoTime,
                    nanos -> {});
            bytes = new LogCollector(store, CLOCK)
                    .collect(
                            "G1",
                            catalogue,
                            new SftpFiles(connection.files(Duration.ofSeconds(20))),
                            budget,
                            Long.MAX_VALUE,
                            text -> false)
                    .bytes();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        Path zip = work.resolve("logs.zip");
        try (OutputStream out = Files.newOutputStream(zip)) {
            new LogBundle(store).write("G1", 0, Map.of(), Map.of(), out);
        }
        String kept = hashOf(zip, folder);
        store.close();
        System.out.printf(
                Locale.ROOT,
                "%.0f MB in %.1f s, %.0f MB/s with masking, compression and fsync each 8 MB; rotated meanwhile: %s; heap limit %d MB%n",
                bytes / 1048576.0,
                seconds,
                bytes / 1048576.0 / seconds,
                rotated[0],
                Runtime.getRuntime().maxMemory() / 1048576);
        figure("whole", kept.equals(HexFormat.of().formatHex(expected.digest())) && rotated[0] ? 1 : 0, "yes", 1, true);
    }

    private static void rotate(Path log, long[] next, MessageDigest expected) {
        try {
            next[0] = write(log, next[0], 1_000_000, expected);
            Files.move(log, log.resolveSibling("app.log.1"));
            write(log, next[0], 1_000_000, expected);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long write(Path file, long line, long bytes, MessageDigest digest) throws IOException {
        long left = bytes;
        long number = line;
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (left > 0) {
                String text = "2026-11-21T10:00:00.000+07:00 INFO gate passage x" + letters(number++ * 0x9E3779B97F4AL)
                        + " ok\n";
                out.write(text);
                digest.update(text.getBytes(StandardCharsets.UTF_8));
                left -= text.length();
            }
        }
        return number;
    }

    /** No digits, which could be those of a card. */
    private static String letters(long number) {
        StringBuilder letters = new StringBuilder();
        for (char c : Long.toHexString(number).toCharArray()) {
            letters.append((char) (c <= '9' ? c + ('g' - '0') : c));
        }
        return letters.toString();
    }

    /** Of the rotated file and then of the new one, as they are in the ZIP file. */
    private static String hashOf(Path zip, Path folder) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (java.util.zip.ZipFile file = new java.util.zip.ZipFile(zip.toFile())) {
            for (String name : List.of("app.log.1", "app.log")) {
                java.util.zip.ZipEntry entry = file.getEntry("logs" + folder.resolve(name));
                if (entry == null) {
                    return "no " + name;
                }
                try (java.io.InputStream in = file.getInputStream(entry)) {
                    byte[] buffer = new byte[65_536];
                    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                        digest.update(buffer, 0, count);
                    }
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void probeAll(
            List<GateAddress> hosts, int workers, Duration timeout, java.util.function.Consumer<ProbeResult> results)
            throws Exception {
        GateProbe echo = new GateProbe(connections, ECHO, timeout, CLOCK);
        GateProbe hang = new GateProbe(connections, "sleep 60", timeout, CLOCK);
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Callable<ProbeResult>> jobs = new ArrayList<>();
            hosts.forEach(host -> jobs.add(() -> (host.id().startsWith("hang") ? hang : echo).probe(host)));
            for (Future<ProbeResult> future : pool.invokeAll(jobs)) {
                results.accept(future.get());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private List<GateAddress> hosts(int count) {
        return IntStream.range(0, count).mapToObj(i -> gate.address("G" + i)).toList();
    }

    private static void talk(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                daemon(() -> {
                    try (OutputStream out = socket.getOutputStream()) {
                        while (true) {
                            out.write("a line before the banner\r\n".getBytes(StandardCharsets.US_ASCII));
                            Thread.sleep(20);
                        }
                    } catch (IOException | InterruptedException e) {
                        // the other end has heard enough
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    private void figure(String name, double value, String unit, double bar, boolean atLeast) {
        boolean ok = atLeast ? value >= bar : value <= bar;
        failed |= !ok;
        System.out.printf(
                Locale.ROOT,
                "figure name=%s value=%.3f unit=%s bar=%s %s%n",
                name,
                value,
                unit,
                bar,
                ok ? "ok" : "short");
    }

    private static String texts(List<Double> values) {
        return String.join(
                ", ",
                values.stream()
                        .map(value -> String.format(Locale.ROOT, "%.2f", value))
                        .toList());
    }

    private static double cpuSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long files() {
        return ((com.sun.management.UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getOpenFileDescriptorCount();
    }
}
