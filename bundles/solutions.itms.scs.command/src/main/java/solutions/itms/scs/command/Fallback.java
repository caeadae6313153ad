package solutions.itms.scs.command;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.message.command.SignedRequests;
import solutions.itms.scs.message.command.SigningKey;

/**
 * Fetches commands from the server's HTTP API while there is no cloud connection, and brings the reports there. The
 * commands are the same signed ones, so that the way they come by decides nothing. Thread-safe.
 */
final class Fallback implements Uplink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Fallback.class);
    private static final int MAX_WAITING = 2_000;
    private static final int MAX_COMMANDS = 1_000;
    private static final Duration WAIT = Duration.ofSeconds(25);
    private static final long TOLD_EVERY = Duration.ofHours(1).toNanos();

    private final Uplink telemetry;
    private final BooleanSupplier connected;
    private final Supplier<@Nullable CommandExecutor> executor;
    private final Clock clock;
    private final Duration firstPause;
    private final Duration longestPause;
    private final BlockingQueue<Report> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread poller = new Thread(this::poll, "scs-command-fetch");
    private final Thread poster = new Thread(this::post, "scs-command-report");
    private volatile FallbackSettings settings;
    private volatile @Nullable SigningKey key;
    private volatile @Nullable DeviceApi api;
    private volatile boolean active;
    private volatile boolean closed;
    private long downSince;
    private boolean down;
    private boolean skewTold;
    private long skewToldAt;

    private record Report(String subject, byte[] body) {}

    /**
     * @param telemetry takes what is sent while this is not needed
     * @param connected whether a cloud connection is up
     * @param firstPause after a request that failed; doubled with each up to the longest
     */
    Fallback(
            Uplink telemetry,
            BooleanSupplier connected,
            Supplier<@Nullable CommandExecutor> executor,
            Clock clock,
            Duration firstPause,
            Duration longestPause,
            FallbackSettings settings,
            @Nullable SigningKey key) {
        this.telemetry = telemetry;
        this.connected = connected;
        this.executor = executor;
        this.clock = clock;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.settings = settings;
        this.key = key;
    }

    void start() {
        poller.setDaemon(true);
        poster.setDaemon(true);
        poller.start();
        poster.start();
    }

    void configure(FallbackSettings next, @Nullable SigningKey nextKey) {
        settings = next;
        key = nextKey;
        api = null;
    }

    /** The server's HTTP API, whether it is needed for commands or not; null when it is not configured. */
    @Nullable
    SignedRequests requests() {
        URI url = settings.url();
        SigningKey signing = key;
        return url == null || signing == null ? null : new SignedRequests(url, signing, clock);
    }

    /** Whether reports go to the server's HTTP API now. */
    boolean isActive() {
        return active;
    }

    @Override
    public void send(String subject, byte[] body) {
        // what does not fit is sent again by whoever keeps the results
        if (!active || !waiting.offer(new Report(subject, body))) {
            telemetry.send(subject, body);
        }
    }

    @Override
    public void event(String name, Map<String, Object> metrics) {
        telemetry.event(name, metrics);
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        poller.interrupt();
        poster.interrupt();
        poller.join(5_000);
        poster.join(5_000);
    }

    private void poll() {
        Duration pause = firstPause;
        while (!closed) {
            try {
                DeviceApi using = decide();
                CommandExecutor running = executor.get();
                if (using == null || running == null) {
                    TimeUnit.MILLISECONDS.sleep(Math.min(1_000, firstPause.toMillis()));
                    continue;
                }
                if (!active) {
                    active = true;
                    LOG.info("No cloud connection: commands are fetched from {}", settings.url());
                    running.pull();
                }
                boolean well = fetch(using, running);
                pause = well ? firstPause : longer(pause);
                if (!well) {
                    rest(pause);
                }
            } catch (InterruptedException e) {
                // closed, which the loop looks for
            } catch (IOException | RuntimeException e) {
                LOG.debug("Commands can't be fetched", e);
                pause = longer(pause);
                restQuietly(pause);
            }
        }
    }

    /** What to ask; null while there is no need. */
    private @Nullable DeviceApi decide() {
        FallbackSettings now = settings;
        SigningKey signing = key;
        long nanos = System.nanoTime();
        boolean up = connected.getAsBoolean();
        if (up || !down) {
            downSince = nanos;
        }
        down = !up;
        if (now.url() == null
                || signing == null
                || up
                || nanos - downSince < now.after().toNanos()) {
            if (active) {
                active = false;
                LOG.info("Commands come by the cloud connection again");
            }
            api = null;
            return null;
        }
        DeviceApi made = api;
        if (made == null) {
            made = new DeviceApi(new SignedRequests(now.url(), signing, clock));
            api = made;
        }
        return made;
    }

    private boolean fetch(DeviceApi using, CommandExecutor running) throws IOException, InterruptedException {
        DeviceApi.Answer answer = using.get("commands", "wait=" + WAIT.toSeconds(), WAIT);
        if (!answer.isOk()) {
            refused(answer);
            return false;
        }
        for (Object each : list(answer, "cancel")) {
            if (each instanceof String id && CommandRequestsAdapter.isId(id)) {
                running.cancel(id);
            }
        }
        for (Object each : list(answer, "commands")) {
            if (each instanceof Map<?, ?> command && command.get("envelope") instanceof String envelope) {
                Reply reply = running.submit(envelope);
                Object report = reply.body().get("report");
                // it is known already and has ended: the server has not heard of that
                if (report instanceof String signed && reply.body().get("id") instanceof String id) {
                    send("command/" + id + "/result", signed.getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
        return true;
    }

    private void refused(DeviceApi.Answer answer) {
        Object code = answer.body().get("code");
        long nanos = System.nanoTime();
        boolean tell = !skewTold || nanos - skewToldAt >= TOLD_EVERY;
        if ("clock_skew".equals(code) && answer.body().get("serverTime") instanceof Long serverTime) {
            long ahead = clock.millis() - serverTime;
            if (tell) {
                LOG.warn(
                        "The server refuses this gateway because of its clock: it is {} s off; the server says {}",
                        ahead / 1_000,
                        Instant.ofEpochMilli(serverTime));
                telemetry.event("gateway_clock", Map.of("raised", true, "clock.ahead.ms", ahead));
            }
        } else if (tell) {
            LOG.warn("The server refuses to hand out commands: {} {}", answer.status(), code);
        }
        skewToldAt = tell ? nanos : skewToldAt;
        skewTold = true;
    }

    private void post() {
        while (!closed) {
            try {
                Report report = waiting.poll(1, TimeUnit.SECONDS);
                DeviceApi using = api;
                if (report == null) {
                    continue;
                }
                if (using == null) {
                    telemetry.send(report.subject(), report.body());
                } else {
                    post(using, report);
                }
            } catch (InterruptedException e) {
                // closed, which the loop looks for
            } catch (IOException | RuntimeException e) {
                LOG.debug("A report can't be brought to the server", e);
            }
        }
    }

    private void post(DeviceApi using, Report report) throws IOException, InterruptedException {
        String[] levels = report.subject().split("/");
        if (levels.length == 2) {
            using.post("pull", report.body());
            return;
        }
        String resource = "commands/" + levels[1] + "/" + levels[2];
        if (!levels[2].equals("result")) {
            using.post(resource, report.body());
            return;
        }
        String jws = new String(report.body(), StandardCharsets.US_ASCII);
        CommandExecutor running = executor.get();
        if (using.post(resource, JsonText.write(Map.of("result", jws))).isOk() && running != null) {
            running.confirm(List.of(levels[1]));
        }
    }

    private static List<?> list(DeviceApi.Answer answer, String name) {
        return answer.body().get(name) instanceof List<?> list
                ? list.subList(0, Math.min(MAX_COMMANDS, list.size()))
                : List.of();
    }

    private Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
    }

    private static void rest(Duration pause) throws InterruptedException {
        long millis = pause.toMillis();
        TimeUnit.MILLISECONDS.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }

    private void restQuietly(Duration pause) {
        try {
            rest(pause);
        } catch (InterruptedException e) {
            // closed, which the loop looks for
        }
    }
}
