package solutions.itms.scs.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.command.CommandHandler;
import solutions.itms.scs.message.command.CommandRefusedException;
import solutions.itms.scs.message.command.CommandRegistry;
import solutions.itms.scs.message.command.CommandReport;
import solutions.itms.scs.message.command.DeviceType;
import solutions.itms.scs.message.command.Ed25519;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.GatewayState;
import solutions.itms.scs.message.command.KeyRing;
import solutions.itms.scs.message.command.Safety;
import solutions.itms.scs.message.command.SigningKey;
import solutions.itms.scs.store.FileStores;

/** A gateway with an executor, its own time, and everything that it has sent. */
final class Site implements AutoCloseable {
    static final String GATEWAY = "gw-1";
    static final KeyPair SERVER = Ed25519.generate();
    static final KeyPair OWN = Ed25519.generate();
    static final SigningKey SERVER_KEY = new SigningKey("server-1", SERVER.getPrivate());
    static final KeyRing OWN_RING = new KeyRing(Map.of("gw-1#1", OWN.getPublic()));
    static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    final Handlers handlers = new Handlers();
    final List<Sent> sent = new CopyOnWriteArrayList<>();
    final List<String> events = new CopyOnWriteArrayList<>();
    final AtomicLong nanos = new AtomicLong();
    final AtomicInteger numbers = new AtomicInteger();
    volatile Instant now = START;
    /** Where reports go beside the list of what was sent; null = nowhere. */
    volatile @Nullable Uplink uplink;

    private final Path directory;
    private final Executor threads;
    Settings settings = settings(KeyRing.parse(List.of("server-1:" + Ed25519.text(SERVER.getPublic()))));
    Journal journal;
    CommandExecutor executor;

    record Sent(String subject, byte[] body) {}

    Site(Path directory, Executor threads) throws IOException {
        this.directory = directory;
        this.threads = threads;
        journal = open();
        executor = start();
    }

    Settings settings(KeyRing serverKeys) {
        return new Settings(
                serverKeys,
                new SigningKey("gw-1#1", OWN.getPrivate()),
                EnumSet.allOf(Safety.class),
                Duration.ofSeconds(60),
                2,
                50,
                100,
                Duration.ofDays(1),
                Duration.ofSeconds(60),
                List.of());
    }

    void configure(Settings changed) {
        settings = changed;
        executor.configure(changed);
    }

    /** As after the end of the process at this moment: what is in memory is gone. */
    void restart() throws IOException {
        journal.close();
        journal = open();
        executor = start();
    }

    void handle(String name, CommandHandler handler) {
        handlers.add(name, handler);
    }

    void pass(Duration time) {
        now = now.plus(time);
        nanos.addAndGet(time.toNanos());
        executor.tick();
    }

    Envelope envelope(String type, Map<String, @Nullable Object> params) {
        return envelope("c-" + numbers.incrementAndGet(), type, GATEWAY, params);
    }

    Envelope envelope(String id, String type, String target, Map<String, @Nullable Object> params) {
        return new Envelope(id, GATEWAY, target, type, params, now, now.plusSeconds(600), 86_400_000, "ann", null);
    }

    Reply submit(Envelope envelope) {
        return executor.submit(envelope.sign(SERVER_KEY));
    }

    /** The states that were told of a command, in order, the result's among them. */
    List<String> states(String id) {
        return sent.stream()
                .filter(message -> message.subject().startsWith("command/" + id + "/"))
                .filter(message -> !message.subject().endsWith("/progress"))
                .map(Site::state)
                .toList();
    }

    Optional<CommandReport.Result> result(String id) {
        return sent.stream()
                .filter(message -> message.subject().equals("command/" + id + "/result"))
                .map(message -> open(message.body()))
                .findFirst();
    }

    long results(String id) {
        return sent.stream()
                .filter(message -> message.subject().equals("command/" + id + "/result"))
                .count();
    }

    GatewayState state(Reply reply) {
        return GatewayState.valueOf(String.valueOf(reply.body().get("state")));
    }

    static String error(Reply reply) {
        return reply.body().get("error") instanceof Map<?, ?> error ? String.valueOf(error.get("code")) : "none";
    }

    @Override
    public void close() throws IOException, InterruptedException {
        executor.close(Duration.ofSeconds(2));
        journal.close();
    }

    /** The state that a result tells. */
    GatewayState open(Sent message) {
        return open(message.body()).status();
    }

    private static String state(Sent message) {
        try {
            return message.subject().endsWith("/result")
                    ? open(message.body()).status().name()
                    : CommandReport.Ack.read(message.body()).state().name();
        } catch (CommandRefusedException e) {
            throw new AssertionError(e);
        }
    }

    private static CommandReport.Result open(byte[] body) {
        try {
            return CommandReport.Result.open(OWN_RING, new String(body, StandardCharsets.US_ASCII));
        } catch (CommandRefusedException e) {
            throw new AssertionError(e);
        }
    }

    private Journal open() throws IOException {
        return Journal.open(new FileStores(directory, new SiteClock()), new SiteClock());
    }

    private CommandExecutor start() throws IOException {
        Targets targets = id -> switch (id) {
            case "G1", "G2" -> Optional.of(DeviceType.GATE);
            case "cam-1" -> Optional.of(DeviceType.CAMERA);
            case "nvr-1", "nvr-2" -> Optional.of(DeviceType.NVR);
            default -> Optional.empty();
        };
        Uplink recorder = new Uplink() {
            @Override
            public void send(String subject, byte[] body) {
                sent.add(new Sent(subject, body));
                Uplink further = uplink;
                if (further != null) {
                    further.send(subject, body);
                }
            }

            @Override
            public void event(String name, Map<String, Object> metrics) {
                events.add(name + " " + metrics);
            }
        };
        CommandRegistry registry = CommandRegistry.standard();
        CommandExecutor started = new CommandExecutor(
                registry,
                new Admission(registry, targets, handlers, new SiteClock()),
                handlers,
                journal,
                new Reports(recorder, journal, new SiteClock(), nanos::get),
                threads,
                new SiteClock(),
                nanos::get,
                settings);
        started.resume();
        return started;
    }

    private final class SiteClock extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
