package solutions.itms.scs.camera;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.onvif.DeviceSettings;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.http.Endpoint;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.soap.Credentials;
import solutions.itms.scs.onvif.watch.Fleet;
import solutions.itms.scs.testkit.camera.CameraFault;
import solutions.itms.scs.testkit.camera.CameraSite;
import solutions.itms.scs.testkit.camera.SimulatedCamera;

/** Measures cameras beside their bars; called by bench/cameras/run.sh. */
final class CamerasBenchMain {
    private static final int INTERVAL = 30;
    private static final Credentials USER = new Credentials("admin", "secret", Credentials.Method.AUTO);

    private boolean short_;

    private CamerasBenchMain() {}

    public static void main(String[] args) throws Exception {
        CamerasBenchMain bench = new CamerasBenchMain();
        bench.calls();
        bench.fleet(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        System.exit(bench.short_ ? 1 : 0);
    }

    private void figure(String name, double value, String unit, double bar) {
        boolean ok = value <= bar;
        short_ |= !ok;
        System.out.printf(
                Locale.ROOT,
                "figure name=%s value=%.2f unit=%s bar=%.0f %s%n",
                name,
                value,
                unit,
                bar,
                ok ? "ok" : "short");
    }

    private static double percentile(List<Long> nanos, double share) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * share))) / 1e6;
    }

    private static OnvifDevice device(NetworkLoop loop, SimulatedCamera camera) {
        DeviceSettings settings = new DeviceSettings(Endpoint.parse(camera.address()), USER, "", Duration.ofSeconds(4));
        return new OnvifDevice(loop, settings, Clock.systemUTC(), first -> {});
    }

    /** Clock, services, information, profiles, stream address, DESCRIBE. */
    private static long probe(OnvifDevice device) {
        long began = System.nanoTime();
        device.connect().join();
        device.management().information().join();
        String token = device.media().profiles().join().get(0).token();
        String uri = device.media().streamUri(token).join();
        if (!device.media().answers(uri).join()) {
            throw new IllegalStateException("no stream");
        }
        return System.nanoTime() - began;
    }

    private void calls() throws Exception {
        try (CameraSite site = new CameraSite();
                NetworkLoop loop = new NetworkLoop("bench")) {
            SimulatedCamera camera = site.camera().forgetful();
            camera.model().streamsHere();
            try (OnvifDevice first = device(loop, camera)) {
                System.out.printf(Locale.ROOT, "first probe of the process: %.1f ms%n", probe(first) / 1e6);
            }
            List<Long> probes = new ArrayList<>();
            List<Long> warm = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                try (OnvifDevice device = device(loop, camera)) {
                    probes.add(probe(device));
                    for (int call = 0; call < 15; call++) {
                        long began = System.nanoTime();
                        device.management().information().join();
                        warm.add(System.nanoTime() - began);
                    }
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "full probe of an unknown camera: p50 %.1f ms, p99 %.1f ms; a call after it, with the camera's own time: p50 %.2f ms, p99 %.2f ms%n",
                    percentile(probes, 0.5),
                    percentile(probes, 0.99),
                    percentile(warm, 0.5),
                    percentile(warm, 0.99));
            figure("camera_probe_cold_p99", percentile(probes, 0.99), "ms", 100);
            figure("camera_call_warm_p50", percentile(warm, 0.5), "ms", 3);
        }
    }

    private void fleet(int cameras, int seconds) throws Exception {
        try (CameraSite site = new CameraSite();
                NetworkLoop loop = new NetworkLoop("scs-camera")) {
            List<Long> late = new CopyOnWriteArrayList<>();
            AtomicLong polls = new AtomicLong();
            Map<Integer, Long> before = new ConcurrentHashMap<>();
            List<SimulatedCamera> simulated = new ArrayList<>();
            for (int i = 0; i < cameras; i++) {
                SimulatedCamera camera = site.camera().forgetful();
                camera.model().streamsHere();
                simulated.add(camera);
                int number = i;
                if (i % 2 == 0) {
                    camera.watch(operation -> {
                        if (operation.equals("tds:GetSystemDateAndTime")) {
                            long now = System.nanoTime();
                            Long last = before.put(number, now);
                            polls.incrementAndGet();
                            if (last != null) {
                                late.add(Math.max(0, now - last - TimeUnit.SECONDS.toNanos(INTERVAL)));
                            }
                        }
                    });
                } else if (i % 6 != 1) {
                    camera.misbehave(i % 6 == 3 ? CameraFault.HANGS : CameraFault.ANSWERS_AFTER_A_MINUTE);
                }
            }
            long heapBefore = heap();
            try (Fleet<CameraSettings, Camera> fleet = new Site(
                            loop, silent(), Clock.systemUTC(), Pins.inMemory(), Optional::empty, Optional::empty)
                    .fleet()) {
                for (int i = 0; i < cameras; i++) {
                    // i % 6 == 1: nobody listens there
                    String address =
                            i % 6 == 1 ? "127.0.0.1:1" : simulated.get(i).address();
                    fleet.put(settings("cam-" + i, address));
                }
                long cpu = cpu();
                ManagementFactory.getThreadMXBean().resetPeakThreadCount();
                new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
                double load = (cpu() - cpu) / 1e9 / seconds;
                long reachable =
                        fleet.all().stream().filter(c -> c.health().well()).count();
                System.out.printf(
                        Locale.ROOT,
                        "%d cameras for %d s, half of them dead, hanging or a minute late: %d looks at live ones, %d well, %.0f %% of a core with the simulators; late p50 %.0f ms, p99 %.0f ms, max %.0f ms%n",
                        cameras,
                        seconds,
                        polls.get(),
                        reachable,
                        load * 100,
                        percentile(late, 0.5),
                        percentile(late, 0.99),
                        percentile(late, 1));
                figure("camera_poll_late_p99", percentile(late, 0.99), "ms", 1_000);
                figure(
                        "camera_threads_peak",
                        ManagementFactory.getThreadMXBean().getPeakThreadCount(),
                        "threads",
                        32);
                figure("camera_heap_each", Math.max(0, heap() - heapBefore) / 1024.0 / cameras, "KB", 100);
                figure("camera_live_missing", (cameras + 1) / 2 - reachable, "cameras", 0);
            }
        }
    }

    private static CameraSettings settings(String id, String address) {
        Map<String, Object> properties = new HashMap<>(
                Map.of("id", id, "address", address, "user", "admin", "password", "secret", "interval", INTERVAL));
        properties.put("events", false);
        return CameraSettings.of(new Options(properties), stored -> stored);
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static Telemetry silent() {
        return new Telemetry() {
            @Override
            public void send(String subject, Payload payload, Priority priority) {}

            @Override
            public AutoCloseable onConnected(Runnable callback) {
                return () -> {};
            }
        };
    }
}
