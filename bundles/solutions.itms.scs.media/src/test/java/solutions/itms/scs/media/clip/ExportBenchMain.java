package solutions.itms.scs.media.clip;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures exports against a server in another process. Called by bench/export/run.sh. */
final class ExportBenchMain {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 7;

    private final int port;
    private final Path folder;
    private final long seconds;
    private long expected;
    private String token = "bench";

    private ExportBenchMain(int port, Path folder, long seconds) {
        this.port = port;
        this.folder = folder;
        this.seconds = seconds;
    }

    /** Arguments: port of the server, folder, seconds of the recording, then {@code speed} or {@code live streams seconds}. */
    public static void main(String[] arguments) throws Exception {
        ExportBenchMain bench = new ExportBenchMain(
                Integer.parseInt(arguments[0]), Path.of(arguments[1]), Long.parseLong(arguments[2]));
        if (arguments[3].equals("speed")) {
            bench.speed("fly", "a recorder that makes its packets while it sends, as recorders do");
            bench.speed("bench", "a recorder that has all packets ready in memory: the most that this host can move");
        } else {
            bench.live(Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
        }
    }

    private String uri() {
        return "rtsp://127.0.0.1:" + port + "/replay/" + token;
    }

    private void speed(String of, String name) throws Exception {
        token = of;
        say("-- %s", name);
        expected = read(false, Long.MAX_VALUE);
        List<Double> reads = new ArrayList<>();
        List<Double> stores = new ArrayList<>();
        List<Double> exports = new ArrayList<>();
        List<Double> dumps = new ArrayList<>();
        List<Double> remuxes = new ArrayList<>();
        Clip clip = null;
        double cold = 0;
        HeapPeak heap = new HeapPeak();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double read = time(() -> read(false, expected));
            clear(); // a file that is there already would have to be cut down first
            double store = time(() -> read(true, expected));
            clear();
            heap.start();
            long began = System.nanoTime();
            clip = new ClipExporter()
                    .run(order(ReplayStyle.ONVIF, seconds), folder.resolve("clip.mp4"), ClipWatcher.NONE);
            double export = (System.nanoTime() - began) / 1e9;
            heap.stop();
            cold = round == -WARM_UP ? export : cold;
            if (round >= 0) {
                reads.add(read);
                stores.add(store);
                exports.add(export);
            }
            if (round == 0 || round == 2 || round == 4) {
                Files.move(
                        folder.resolve("clip.mp4"),
                        folder.resolve("kept.mp4"),
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                clear();
                double dump = time(this::dump);
                dumps.add(dump);
                remuxes.add(dump + time(() -> remux()));
            }
        }
        print(clip, cold, median(reads), median(stores), median(exports), median(remuxes), median(dumps), heap);
    }

    private void print(
            Clip clip,
            double cold,
            double read,
            double store,
            double export,
            double remux,
            double dump,
            HeapPeak heap) {
        say(
                "bytes on the connection: %d; file: %d bytes, %d frames, %s, complete %s",
                expected, clip.bytes(), clip.frames(), clip.duration(), clip.complete());
        say("read and thrown away:            %.3f s, %.0f MB/s (median of %d)", read, expected / read / 1e6, ROUNDS);
        say("read and stored as they come:    %.3f s", store);
        say(
                "exported:                        %.3f s, %.0f MB/s; %.0f x real time; the very first: %.3f s",
                export, expected / export / 1e6, seconds / export, cold);
        say(
                "speed against reading:           %.2f x            bar 0.80 %s",
                read / export, verdict(read / export >= 0.8));
        say(
                "dumped, then ffmpeg -c copy:     %.3f s (dump %.3f s)  bar: export is faster %s",
                remux, dump, verdict(export < remux));
        say(
                "heap: %.1f MB more at most while exporting (limit of the JVM 64 MB)   bar 32 MB %s",
                heap.growth() / 1e6, verdict(heap.growth() <= 32_000_000));
    }

    private ClipOrder order(ReplayStyle style, long length) {
        return ClipOrder.of(ClipSource.of(uri(), null, style), START, START.plusSeconds(length));
    }

    /** As a client that does nothing with it: the plainest loop there is. */
    private long read(boolean store, long until) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10);
        long total = 0;
        try (SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                FileChannel file = FileChannel.open(
                        folder.resolve("raw"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ask(channel, buffer);
            channel.socket().setSoTimeout(1_000);
            while (total < until) {
                buffer.clear();
                int count = until == Long.MAX_VALUE ? readTimed(channel, buffer) : channel.read(buffer);
                if (count <= 0) {
                    break;
                }
                total += count;
                if (store) {
                    buffer.flip();
                    while (buffer.hasRemaining()) {
                        file.write(buffer);
                    }
                }
            }
        }
        return total;
    }

    private static int readTimed(SocketChannel channel, ByteBuffer buffer) throws IOException {
        byte[] bytes = new byte[buffer.capacity()];
        try {
            return channel.socket().getInputStream().read(bytes);
        } catch (java.net.SocketTimeoutException e) {
            return -1;
        }
    }

    private void ask(SocketChannel channel, ByteBuffer buffer) throws IOException {
        for (String request : List.of(
                "DESCRIBE " + uri() + " RTSP/1.0\r\nCSeq: 1\r\n\r\n",
                "SETUP " + uri()
                        + "/trackID=0 RTSP/1.0\r\nCSeq: 2\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n",
                "PLAY " + uri()
                        + " RTSP/1.0\r\nCSeq: 3\r\nRate-Control: no\r\nRange: clock=20260301T100000.000Z-20260301T"
                        + "235959.000Z\r\n\r\n")) {
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            if (!request.startsWith("PLAY")) {
                buffer.clear();
                channel.read(buffer);
            }
        }
    }

    /** The pictures as a file that ffmpeg can read. */
    private long dump() throws Exception {
        try (FileChannel file = FileChannel.open(
                folder.resolve("dump.h264"),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            new ElementaryDump(uri(), file).run(START, START.plusSeconds(seconds));
        }
        return 0;
    }

    private long remux() throws Exception {
        Process process = new ProcessBuilder(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-r",
                        "25",
                        "-i",
                        folder.resolve("dump.h264").toString(),
                        "-c",
                        "copy",
                        folder.resolve("ffmpeg.mp4").toString())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("ffmpeg has failed");
        }
        return 0;
    }

    private void live(int streams, int time) throws Exception {
        // one stream first: classes are loaded and compiled
        new ClipExporter().run(order(ReplayStyle.ONVIF, seconds), folder.resolve("warm.mp4"), ClipWatcher.NONE);
        System.gc();
        long rss = rss();
        long cpu = cpu();
        long began = System.nanoTime();
        CountDownLatch done = new CountDownLatch(streams);
        AtomicLong complete = new AtomicLong();
        AtomicLong frames = new AtomicLong();
        for (int i = 0; i < streams; i++) {
            Path file = folder.resolve("live" + i + ".mp4");
            new Thread(() -> {
                        try {
                            Clip clip = new ClipExporter().run(order(ReplayStyle.RANGE, time), file, ClipWatcher.NONE);
                            complete.addAndGet(clip.complete() ? 1 : 0);
                            frames.addAndGet(clip.frames());
                        } catch (MediaException | InterruptedException e) {
                            say("a stream has failed: %s", e.getMessage());
                        } finally {
                            done.countDown();
                        }
                    })
                    .start();
        }
        long most = rss;
        while (!done.await(200, TimeUnit.MILLISECONDS)) {
            most = Math.max(most, rss());
        }
        double elapsed = (System.nanoTime() - began) / 1e9;
        double share = (cpu() - cpu) / 1e9 / elapsed / streams * 100;
        double megabytes = (most - rss) / 1e6 / streams;
        say(
                "%d streams at the pace of the recording, to files, %.1f s: %d complete, %d frames",
                streams, elapsed, complete.get(), frames.get());
        say(
                "processor: %.2f %% of a core for each stream        bar 1.40 %% %s",
                share, verdict(share <= 1.4 && complete.get() == streams));
        say("memory: %.1f MB for each stream                     bar 10 MB %s", megabytes, verdict(megabytes <= 10));
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long rss() throws IOException {
        Matcher matcher =
                Pattern.compile("VmRSS:\\s*(\\d+) kB").matcher(Files.readString(Path.of("/proc/self/status")));
        return matcher.find() ? Long.parseLong(matcher.group(1)) * 1024 : 0;
    }

    private interface Task {
        long run() throws Exception;
    }

    private static double time(Task task) throws Exception {
        long began = System.nanoTime();
        task.run();
        return (System.nanoTime() - began) / 1e9;
    }

    private void clear() throws IOException {
        for (String name : List.of("raw", "clip.mp4", "dump.h264", "ffmpeg.mp4")) {
            Files.deleteIfExists(folder.resolve(name));
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static String verdict(boolean good) {
        return good ? "ok" : "MISSED";
    }

    private static void say(String form, Object... values) {
        System.out.printf(Locale.ROOT, form + "%n", values);
    }

    /** The most that the heap, and what is outside of it, has grown by. */
    private static final class HeapPeak {
        private volatile boolean running;
        private long before;
        private long growth;
        private Thread thread = new Thread();

        void start() {
            System.gc();
            before = used();
            running = true;
            thread = new Thread(() -> {
                while (running) {
                    java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
                    growth = Math.max(growth, used() - before);
                }
            });
            thread.start();
        }

        void stop() throws InterruptedException {
            running = false;
            thread.join();
        }

        long growth() {
            return growth;
        }

        private static long used() {
            long direct = ManagementFactory.getPlatformMXBeans(java.lang.management.BufferPoolMXBean.class).stream()
                    .mapToLong(java.lang.management.BufferPoolMXBean::getMemoryUsed)
                    .sum();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + direct;
        }
    }
}
