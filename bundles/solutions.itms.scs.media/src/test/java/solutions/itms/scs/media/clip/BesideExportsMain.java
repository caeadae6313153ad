package solutions.itms.scs.media.clip;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import solutions.itms.scs.onvif.DeviceSettings;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.http.Endpoint;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.soap.Credentials;
import solutions.itms.scs.testkit.camera.CameraSite;

/**
 * Whether two exports disturb what else a gateway does: heartbeats to a station in this very process, at a rate that does not
 * wait for answers, and looks at cameras. Called by bench/export/run.sh.
 */
public final class BesideExportsMain {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final int CAMERAS = 10;
    private static final int STREAMS = 8;

    private final int recorder;
    private final Path folder;
    private final long recorded;
    private final int seconds;
    private boolean good = true;

    private BesideExportsMain(int recorder, Path folder, long recorded, int seconds) {
        this.recorder = recorder;
        this.folder = folder;
        this.recorded = recorded;
        this.seconds = seconds;
    }

    /** Arguments: port of the recorder, folder, seconds of its recording, seconds of each measurement. */
    public static void main(String[] arguments) throws Exception {
        BesideExportsMain bench = new BesideExportsMain(
                Integer.parseInt(arguments[0]),
                Path.of(arguments[1]),
                Long.parseLong(arguments[2]),
                Integer.parseInt(arguments[3]));
        bench.run();
        if (!bench.good) {
            System.exit(1);
        }
    }

    /** Times in ms, each counted from when it was due. */
    private record Figures(double[] beats, double[] looks, int wanted, int exports) {
        static double at(double[] sorted, double share) {
            return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
        }
    }

    private void run() throws Exception {
        try (NetworkLoop loop = new NetworkLoop("bench");
                CameraSite site = new CameraSite()) {
            List<OnvifDevice> cameras = new ArrayList<>();
            for (int i = 0; i < CAMERAS; i++) {
                DeviceSettings settings = new DeviceSettings(
                        Endpoint.parse(site.camera().address()),
                        new Credentials("admin", "secret", Credentials.Method.AUTO),
                        "",
                        Duration.ofSeconds(8));
                cameras.add(new OnvifDevice(loop, settings, Clock.systemUTC(), first -> {}));
            }
            measure(1_000, 3, cameras, true);
            for (int rate : new int[] {20, 1_000}) {
                Figures quiet = measure(rate, seconds, cameras, false);
                Figures loaded = measure(rate, seconds, cameras, true);
                print(rate, quiet, loaded);
            }
            cameras.forEach(OnvifDevice::close);
        }
    }

    private void print(int rate, Figures quiet, Figures loaded) {
        say(
                "-- %d heartbeats a second, %d cameras looked at twice a second; %d exports of %d s meanwhile, two at a time",
                rate, CAMERAS, loaded.exports(), recorded);
        double p50 = Figures.at(loaded.beats(), 0.5);
        double p99 = Figures.at(loaded.beats(), 0.99);
        double share = (double) loaded.beats().length / loaded.wanted();
        say(
                "heartbeats alone:        p50 %.2f ms, p99 %.2f ms, %d of %d answered",
                Figures.at(quiet.beats(), 0.5), Figures.at(quiet.beats(), 0.99), quiet.beats().length, quiet.wanted());
        say(
                "heartbeats with exports: p50 %.2f ms, p99 %.2f ms, %d of %d answered",
                p50, p99, loaded.beats().length, loaded.wanted());
        say(
                "median                   %.2f ms                bar 3 ms, or twice as much as alone %s",
                p50, verdict(kept(p50, 3, Figures.at(quiet.beats(), 0.5))));
        say(
                "99 of 100 within         %.2f ms               bar 20 ms, or twice as much as alone %s",
                p99, verdict(kept(p99, 20, Figures.at(quiet.beats(), 0.99))));
        say("answered                 %.4f                bar 0.999 %s", share, verdict(share >= 0.999));
        double before = Figures.at(quiet.looks(), 0.99);
        double look = Figures.at(loaded.looks(), 0.99);
        say(
                "looks at cameras, due to answered, p99: %.1f ms alone, %.1f ms with exports    bar 100 ms, or twice as much as alone %s",
                before, look, verdict(kept(look, 100, before) && loaded.looks().length >= quiet.looks().length * 0.99));
    }

    private Figures measure(int rate, int time, List<OnvifDevice> cameras, boolean exporting) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(time);
        AtomicInteger exports = new AtomicInteger();
        ConcurrentLinkedQueue<Double> beats = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Double> looks = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; exporting && i < 2; i++) {
            Path file = folder.resolve("beside" + i + ".mp4");
            threads.add(start(() -> export(file, end, exports)));
        }
        int streams = rate < 100 ? 1 : STREAMS;
        for (int i = 0; i < streams; i++) {
            int first = i;
            threads.add(start(() -> beat(first, streams, rate, time, beats)));
        }
        threads.add(start(() -> look(cameras, end, looks)));
        for (Thread thread : threads) {
            thread.join();
        }
        return new Figures(sorted(beats), sorted(looks), rate * time, exports.get());
    }

    private interface Work {
        void run() throws Exception;
    }

    private static Thread start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception e) {
                say("failed: %s", e);
            }
        });
        thread.start();
        return thread;
    }

    private static double[] sorted(ConcurrentLinkedQueue<Double> times) {
        double[] all = times.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(all);
        return all;
    }

    private void export(Path file, long end, AtomicInteger exports) throws Exception {
        ClipSource source = ClipSource.of("rtsp://127.0.0.1:" + recorder + "/replay/fly", null, ReplayStyle.ONVIF);
        ClipWatcher watcher = new ClipWatcher() {
            @Override
            public void reached(Instant mediaTime, long bytes) {
                // nobody looks at it
            }

            @Override
            public boolean cancelled() {
                return System.nanoTime() - end > 0;
            }
        };
        while (System.nanoTime() - end < 0) {
            try {
                new ClipExporter().run(ClipOrder.of(source, START, START.plusSeconds(recorded)), file, watcher);
                exports.incrementAndGet();
            } catch (MediaException e) {
                if (e.kind() != MediaException.Kind.CANCELLED) {
                    throw e;
                }
            }
        }
    }

    /** One connection's share of the heartbeats, each due at its time whether the one before was answered or not. */
    private static void beat(int first, int streams, int rate, int time, ConcurrentLinkedQueue<Double> beats)
            throws IOException {
        int port = Integer.getInteger("scs.bench.station");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8_192];
            long began = System.nanoTime();
            for (int i = first; i < rate * time; i += streams) {
                long due = began + i * 1_000_000_000L / rate;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                out.write(request(port, i));
                if (!answered(in, buffer)) {
                    return;
                }
                beats.add((System.nanoTime() - due) / 1e6);
            }
        }
    }

    private static byte[] request(int port, int number) {
        int device = number % 200;
        String body = String.format(
                Locale.ROOT,
                "{\"id\":\"G%d-%02d\",\"ip\":\"192.168.1.%d\",\"status\":\"online\",\"ts\":\"%s\"}",
                device / 10,
                device % 10,
                device + 1,
                Clock.systemUTC().instant());
        return ("POST /hb HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads one answer; true when it is 200. */
    private static boolean answered(InputStream in, byte[] buffer) throws IOException {
        int length = 0;
        while (true) {
            int count = in.read(buffer, length, buffer.length - length);
            if (count < 0) {
                return false;
            }
            length += count;
            String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
            int head = text.indexOf("\r\n\r\n");
            int at = text.toLowerCase(Locale.ROOT).indexOf("content-length:");
            if (head > 0) {
                int body = at < 0 || at > head
                        ? 0
                        : Integer.parseInt(text.substring(at + 15, text.indexOf("\r\n", at))
                                .strip());
                if (length >= head + 4 + body) {
                    return text.startsWith("HTTP/1.1 200");
                }
            }
        }
    }

    /** Each camera twice a second, one after the other. */
    private static void look(List<OnvifDevice> cameras, long end, ConcurrentLinkedQueue<Double> looks) {
        long step = 500_000_000L / cameras.size();
        long due = System.nanoTime();
        List<java.util.concurrent.CompletableFuture<?>> asked = new ArrayList<>();
        for (int i = 0; due - end < 0; i++, due += step) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            long at = due;
            OnvifDevice camera = cameras.get(i % cameras.size());
            asked.add(camera.management().measureClock().whenComplete((clock, failure) -> {
                if (failure == null) {
                    looks.add((System.nanoTime() - at) / 1e6);
                }
            }));
        }
        asked.forEach(look -> look.handle((done, failure) -> null).join());
    }

    /** A host on which others work, too, is slow without exports as well. */
    private static boolean kept(double with, double bar, double alone) {
        return with <= Math.max(bar, 2 * alone);
    }

    private String verdict(boolean fine) {
        good &= fine;
        return fine ? "ok" : "MISSED";
    }

    private static void say(String form, Object... values) {
        System.out.println(String.format(Locale.ROOT, form, values));
    }
}
