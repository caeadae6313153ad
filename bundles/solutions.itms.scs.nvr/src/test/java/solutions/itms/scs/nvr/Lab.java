package solutions.itms.scs.nvr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.artifact.ArtifactDraft;
import solutions.itms.scs.api.artifact.ArtifactInfo;
import solutions.itms.scs.api.artifact.ArtifactReference;
import solutions.itms.scs.api.artifact.ArtifactUploader;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandHandler;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.media.clip.ClipExporter;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.watch.Fleet;
import solutions.itms.scs.testkit.camera.CameraSite;
import solutions.itms.scs.testkit.nvr.SimulatedNvr;
import solutions.itms.scs.testkit.rtsp.Recording;
import solutions.itms.scs.testkit.rtsp.Recording.Format;
import solutions.itms.scs.testkit.rtsp.Recording.TimeSpan;
import solutions.itms.scs.testkit.rtsp.ReplayServer;

/** A gateway with a recorder, without a framework around it. */
final class Lab implements AutoCloseable {
    /** The recordings begin here: an hour ago. */
    static final Instant START = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(1));

    /** One message that was sent. */
    record Sent(String subject, Payload payload) {
        @Nullable
        Object metric(String name) {
            return payload.metrics().get(name);
        }
    }

    /** One file that was handed over. */
    record Stored(ArtifactInfo info, byte[] content) {
        String text() {
            return new String(content, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    final CameraSite site = new CameraSite();
    final ReplayServer replay = new ReplayServer();
    final SimulatedNvr simulated;
    final List<Sent> sent = new CopyOnWriteArrayList<>();
    final List<Stored> files = new CopyOnWriteArrayList<>();
    final List<String> cancelled = new CopyOnWriteArrayList<>();
    final NetworkLoop loop;
    final Memory memory;
    final Spool spool;
    final Fleet<NvrSettings, Recorder> fleet;
    final Fetcher fetcher;
    final Map<String, CommandHandler> handlers = new HashMap<>();
    volatile ClipMaker maker = new ClipExporter()::run;

    Lab(Path directory) {
        this(directory, Memory.inMemory());
    }

    Lab(Path directory, Memory memory) {
        try {
            loop = new NetworkLoop("scs-nvr");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        this.memory = memory;
        List<Recording> recordings = List.of(
                recording("north", 1, "Gate north", span(0, 20), span(30, 60)),
                recording("platform", 2, "Platform", span(10, 60)));
        recordings.forEach(replay::add);
        replay.login("MD5", "admin", "secret");
        simulated = new SimulatedNvr(site, "rtsp://127.0.0.1:" + replay.port() + "/replay", recordings);
        ArtifactUploader uploader = uploader();
        Site shared = new Site(loop, telemetry(), Clock.systemUTC(), memory, () -> Optional.of(uploader));
        fleet = shared.fleet();
        spool = new Spool(directory.resolve("spool"), 4_000_000_000L);
        Calls calls = new Calls(fleet, shared);
        fetcher = new Fetcher(calls, (order, file, watcher) -> maker.run(order, file, watcher), spool);
        handlers.putAll(new NvrCommands(calls).handlers());
        handlers.putAll(new ExportCommands(calls, fetcher).handlers());
    }

    static Recording recording(String token, int channel, String name, TimeSpan... spans) {
        return new Recording(token, channel, name, List.of(spans), Format.small());
    }

    /** Minutes after the start. */
    static Instant at(double minutes) {
        return START.plusMillis((long) (minutes * 60_000));
    }

    static TimeSpan span(double from, double to) {
        return new TimeSpan(at(from), at(to));
    }

    private Telemetry telemetry() {
        return new Telemetry() {
            @Override
            public void send(String subject, Payload payload, Priority priority) {
                sent.add(new Sent(subject, payload));
            }

            @Override
            public AutoCloseable onConnected(Runnable callback) {
                callback.run();
                return () -> {};
            }
        };
    }

    private ArtifactUploader uploader() {
        return new ArtifactUploader() {
            @Override
            public ArtifactDraft draft(ArtifactInfo info) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                return new ArtifactDraft() {
                    @Override
                    public OutputStream stream() {
                        return bytes;
                    }

                    @Override
                    public ArtifactReference finish() {
                        files.add(new Stored(info, bytes.toByteArray()));
                        return new ArtifactReference(
                                String.format("%032x", files.size()),
                                info.name(),
                                info.mediaType(),
                                bytes.size(),
                                sha256(bytes.toByteArray()));
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public void cancel(String command) {
                cancelled.add(command);
            }
        };
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Recorder recorder(Object... more) {
        fleet.put(settings(more));
        return fleet.find("nvr-1").orElseThrow();
    }

    NvrSettings settings(Object... more) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "id", "nvr-1",
                "address", simulated.device().address(),
                "user", "admin",
                "password", "secret",
                "interval", 3_600));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(String.valueOf(more[i]), more[i + 1]);
        }
        return NvrSettings.of(new Options(properties), stored -> stored);
    }

    List<Sent> sent(String subject) {
        return sent.stream()
                .filter(message -> message.subject().equals(subject))
                .toList();
    }

    List<Sent> alarms(String kind, String state) {
        return sent("event/alarm").stream()
                .filter(a -> kind.equals(a.metric("kind")) && state.equals(a.metric("state")))
                .toList();
    }

    CommandResult run(String command, Map<String, ?> parameters) throws CommandException, InterruptedException {
        return run(command, parameters, new Context("c-1"));
    }

    CommandResult run(String command, Map<String, ?> parameters, CommandContext context)
            throws CommandException, InterruptedException {
        return handlers.get(command).execute(new CommandParameters(parameters), context);
    }

    CommandException failure(String command, Map<String, ?> parameters) throws InterruptedException {
        return failure(command, parameters, new Context("c-1"));
    }

    CommandException failure(String command, Map<String, ?> parameters, CommandContext context)
            throws InterruptedException {
        try {
            throw new AssertionError("succeeded: " + run(command, parameters, context));
        } catch (CommandException e) {
            return e;
        }
    }

    /** A command to nvr-1 with ten minutes of time. */
    static final class Context implements CommandContext {
        final AtomicBoolean cancelled = new AtomicBoolean();
        final List<String> progress = new CopyOnWriteArrayList<>();
        private final String id;

        Context(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String target() {
            return "nvr-1";
        }

        @Override
        public String requestedBy() {
            return "ann";
        }

        @Override
        public String approvedBy() {
            return "bob";
        }

        @Override
        public Duration timeLeft() {
            return Duration.ofMinutes(10);
        }

        @Override
        public boolean isCancelled() {
            return cancelled.get();
        }

        @Override
        public void progress(int percent, String text) {
            progress.add(percent + " " + text);
        }
    }

    @Override
    public void close() {
        fetcher.close();
        fleet.close();
        loop.close();
        memory.close();
        replay.close();
        site.close();
    }
}
