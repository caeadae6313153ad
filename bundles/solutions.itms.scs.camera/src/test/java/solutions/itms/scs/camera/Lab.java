package solutions.itms.scs.camera;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.onvif.Discovery;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.watch.Fleet;
import solutions.itms.scs.testkit.camera.CameraSite;
import solutions.itms.scs.testkit.camera.SimulatedCamera;

/** A gateway with cameras, without a framework around it. */
final class Lab implements AutoCloseable {
    /** One message that was sent. */
    record Sent(String subject, Payload payload) {
        Object metric(String name) {
            return payload.metrics().get(name);
        }
    }

    final CameraSite site = new CameraSite();
    final SimulatedCamera simulated = site.camera();
    final List<Sent> sent = new CopyOnWriteArrayList<>();
    final List<ArtifactInfo> files = new CopyOnWriteArrayList<>();
    final NetworkLoop loop;
    final Fleet<CameraSettings, Camera> fleet;
    final Map<String, CommandHandler> handlers = new HashMap<>();
    final List<String> added = new CopyOnWriteArrayList<>();
    final Search search;
    final int discoveryPort;

    Lab() {
        try {
            loop = new NetworkLoop("scs-camera");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        simulated.model().streamsHere();
        ArtifactUploader uploader = uploader();
        Site shared = new Site(
                loop, telemetry(), Clock.systemUTC(), Pins.inMemory(), () -> Optional.of(uploader), Optional::empty);
        fleet = shared.fleet();
        Calls calls = new Calls(fleet, shared);
        handlers.putAll(new CameraCommands(calls).handlers());
        handlers.putAll(new PtzCommands(calls).handlers());
        discoveryPort = freePort();
        search = new Search(
                fleet,
                shared,
                Search.Settings.of(new Options(Map.of("discovery.interval", 0))),
                new Discovery(loop, discoveryPort),
                (id, name, address) -> added.add(id + " " + name + " " + address));
        handlers.put("camera_discover", (p, c) -> search.discover(calls, p, c));
        handlers.put("camera_add", (p, c) -> search.add(p));
    }

    private static int freePort() {
        try (java.net.DatagramSocket socket = new java.net.DatagramSocket()) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
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
                        files.add(info);
                        return new ArtifactReference(
                                "0123456789abcdef0123456789abcdef", info.name(), info.mediaType(), bytes.size(), "00");
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public void cancel(String command) {}
        };
    }

    Camera camera(Object... more) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "id", "cam-1", "address", simulated.address(), "user", "admin", "password", "secret", "interval", 5));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(String.valueOf(more[i]), more[i + 1]);
        }
        fleet.put(CameraSettings.of(new Options(properties), stored -> stored));
        return fleet.find(String.valueOf(properties.get("id"))).orElseThrow();
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
        return handlers.get(command).execute(new CommandParameters(parameters), context("cam-1"));
    }

    CommandException failure(String command, Map<String, ?> parameters) throws InterruptedException {
        try {
            throw new AssertionError("succeeded: " + run(command, parameters));
        } catch (CommandException e) {
            return e;
        }
    }

    static CommandContext context(String target) {
        return new CommandContext() {
            @Override
            public String id() {
                return "c-1";
            }

            @Override
            public String target() {
                return target;
            }

            @Override
            public String requestedBy() {
                return "ann";
            }

            @Override
            public Duration timeLeft() {
                return Duration.ofSeconds(20);
            }

            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public void progress(int percent, String text) {}
        };
    }

    List<String> everythingSent() {
        List<String> all = new ArrayList<>();
        sent.forEach(
                message -> all.add(message.subject() + " " + message.payload().metrics() + " "
                        + (message.payload().body() == null
                                ? ""
                                : new String(message.payload().body(), java.nio.charset.StandardCharsets.UTF_8))));
        return all;
    }

    @Override
    public void close() {
        search.close();
        fleet.close();
        loop.close();
        site.close();
    }
}
