package solutions.itms.scs.camera;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.onvif.Discovery;
import solutions.itms.scs.onvif.FoundDevice;
import solutions.itms.scs.onvif.http.Endpoint;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.watch.Fleet;

/** Searches for cameras on schedule and when asked; tells new ones once, adds those that are wanted. Thread-safe. */
final class Search implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Search.class);
    private static final Duration LISTEN = Duration.ofSeconds(5);
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final int MAX_KNOWN = 2_000;

    /**
     * What is searched.
     *
     * @param interval zero for never by itself
     * @param add addresses that become cameras; * for all
     */
    record Settings(
            Duration interval, List<InetAddress> hosts, boolean multicast, Set<String> add, List<String> problems) {
        static Settings of(Options options) {
            List<InetAddress> hosts = new ArrayList<>();
            for (String range : parts(options.text("discovery.ranges", ""))) {
                try {
                    hosts.addAll(Discovery.range(range));
                } catch (IllegalArgumentException e) {
                    options.problem("discovery.ranges: " + e.getMessage());
                }
            }
            return new Settings(
                    Duration.ofSeconds(options.number("discovery.interval", 0, 86_400, 3_600)),
                    hosts,
                    true,
                    Set.copyOf(parts(options.text("discovery.add", ""))),
                    options.problems());
        }

        private static List<String> parts(String text) {
            return Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .distinct()
                    .toList();
        }
    }

    /** Makes a camera of one that was found. */
    interface Adding {
        /** @throws Exception when it can't be kept */
        void add(String id, String name, String address) throws Exception;
    }

    private final Fleet<CameraSettings, Camera> fleet;
    private final Site site;
    private final Settings settings;
    private final Discovery discovery;
    private final Adding adding;
    private final Map<String, FoundDevice> known = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile NetworkLoop.Timer next = () -> {};
    private @Nullable AutoCloseable hearing;

    Search(Fleet<CameraSettings, Camera> fleet, Site site, Settings settings, Discovery discovery, Adding adding) {
        this.fleet = fleet;
        this.site = site;
        this.settings = settings;
        this.discovery = discovery;
        this.adding = adding;
        settings.problems().forEach(text -> LOG.warn("Configuration of cameras: {}", text));
        if (!settings.interval().isZero()) {
            again(FIRST);
        }
    }

    private void again(Duration pause) {
        if (!closed.get()) {
            next = site.loop()
                    .after(
                            pause,
                            () -> run(LISTEN).whenComplete((found, failure) -> {
                                if (failure != null) {
                                    LOG.warn("Cameras can't be searched: {}", failure.getMessage());
                                }
                                again(settings.interval());
                            }));
        }
    }

    /** From now on listens to cameras that come and go by themselves, too. */
    synchronized void hear() {
        try {
            hearing = discovery.listen(this::hello, this::bye);
        } catch (IOException e) {
            LOG.warn("Cameras that say hello are not heard: {}", e.getMessage());
        }
    }

    private void hello(FoundDevice found) {
        take(found);
        camera(found).ifPresent(Camera::lookSoon);
    }

    /** Anybody can say so: it is a reason to look, and no more. */
    private void bye(String id) {
        FoundDevice gone = known.get(id);
        if (gone != null) {
            camera(gone).ifPresent(Camera::lookSoon);
        }
    }

    /** Searches now. */
    CompletableFuture<List<FoundDevice>> run(Duration time) {
        return discovery.search(settings.hosts(), settings.multicast(), time).thenApply(found -> {
            found.forEach(this::take);
            return found;
        });
    }

    private void take(FoundDevice found) {
        boolean isOld = known.replace(found.id(), found) != null;
        if (isOld || !remember(found) || camera(found).isPresent()) {
            return;
        }
        Map<String, Object> metrics = new LinkedHashMap<>(describe(found));
        site.telemetry().send("event/camera_found", Payload.of(site.clock().instant(), metrics), Priority.EVENT);
        String address = address(found);
        if (settings.add().contains("*") || settings.add().contains(address)) {
            try {
                adding.add(id(found), found.scope("name").orElse(""), address);
            } catch (Exception e) {
                LOG.error("Camera {} was found and can't be added: {}", address, e.getMessage());
            }
        }
    }

    private boolean remember(FoundDevice found) {
        return known.size() < MAX_KNOWN && known.putIfAbsent(found.id(), found) == null;
    }

    /** Made of what never changes, so that it is the same at the next search. */
    private static String id(FoundDevice found) {
        String plain = found.id().replaceFirst("(?i)^urn:uuid:", "").replaceAll("[^A-Za-z0-9.-]", "-");
        return "cam-" + (plain.length() > 48 ? plain.substring(plain.length() - 48) : plain);
    }

    /** The first address that can be used: with the port it tells, at the host that answered. */
    private static String address(FoundDevice found) {
        for (String told : found.addresses()) {
            try {
                Endpoint endpoint = Endpoint.parse(told);
                return (endpoint.tls() ? "https://" : "")
                        + new Endpoint(endpoint.tls(), found.from(), endpoint.port()).authority();
            } catch (IllegalArgumentException e) {
                // the next one may be better
            }
        }
        return found.from() + ":80";
    }

    /** The camera that this is already. */
    private Optional<Camera> camera(FoundDevice found) {
        return fleet.all().stream()
                .filter(camera -> {
                    Endpoint endpoint = camera.settings().endpoint();
                    return camera.id().equals(id(found))
                            || (endpoint != null && endpoint.host().equals(found.from()));
                })
                .findFirst();
    }

    private static Map<String, Object> describe(FoundDevice found) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("endpoint", found.id());
        values.put("address", address(found));
        found.scope("name").ifPresent(name -> values.put("name", name));
        found.scope("hardware").ifPresent(hardware -> values.put("hardware", hardware));
        found.scope("location").ifPresent(location -> values.put("location", location));
        return values;
    }

    /** Carries out camera_discover. */
    CommandResult discover(Calls calls, CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        int seconds = parameters.number("seconds", 2, 30).orElse(5);
        parameters.check();
        List<FoundDevice> found = calls.await(run(Duration.ofSeconds(seconds)), context);
        List<Map<String, @Nullable Object>> cameras = new ArrayList<>();
        for (FoundDevice each : found) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>(describe(each));
            values.put("camera", camera(each).map(Camera::id).orElse(null));
            cameras.add(values);
        }
        return new CommandResult(Map.of("cameras", cameras));
    }

    /** Carries out camera_add: one that was found becomes a camera here, with the user that the configuration gives. */
    CommandResult add(CommandParameters parameters) throws CommandException {
        String address = parameters.text("address", 255).orElse("");
        String name = parameters.text("name", 64).orElse("");
        parameters.check();
        FoundDevice found = known.values().stream()
                .filter(device -> address(device).equals(address) || device.id().equals(address))
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        FailureCode.NOT_FOUND, "no camera was found at " + address + "; search for cameras first"));
        Optional<Camera> there = camera(found);
        if (there.isPresent()) {
            return new CommandResult(Map.of("camera", there.get().id(), "added", false));
        }
        try {
            adding.add(id(found), name.isEmpty() ? found.scope("name").orElse("") : name, address(found));
        } catch (Exception e) {
            throw new CommandException(FailureCode.UNAVAILABLE, "the camera can't be added: " + e.getMessage());
        }
        return new CommandResult(Map.of("camera", id(found), "added", true));
    }

    @Override
    public synchronized void close() {
        closed.set(true);
        next.cancel();
        AutoCloseable open = hearing;
        hearing = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (Exception e) {
            LOG.debug("Hearing did not end", e);
        }
    }
}
