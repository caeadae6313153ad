package solutions.itms.scs.camera;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandHandler;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.onvif.DeviceEvent;
import solutions.itms.scs.onvif.DeviceTime;
import solutions.itms.scs.onvif.EventStream;
import solutions.itms.scs.onvif.Imaging;
import solutions.itms.scs.onvif.MediaProfile;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.ServiceEntry;

/** What the cloud may ask of a camera, but for its movements. Stateless; thread-safe. */
final class CameraCommands {
    private static final int MAX_TOKEN = 64;
    private static final int MAX_SECONDS = 60;
    private static final int MAX_EVENTS = 500;
    private static final double ANY = 1_000_000;

    /** Parameters of camera_set_imaging that are numbers, with the names of the WSDL. */
    private static final Map<String, String> LEVELS = Map.of(
            "brightness", "Brightness",
            "contrast", "Contrast",
            "saturation", "ColorSaturation",
            "sharpness", "Sharpness");

    private static final Map<String, String> MODES = Map.of(
            "ir_cut_filter", "IrCutFilter",
            "exposure", "Exposure/Mode",
            "wide_dynamic_range", "WideDynamicRange/Mode",
            "backlight", "BacklightCompensation/Mode",
            "white_balance", "WhiteBalance/Mode",
            "focus", "Focus/AutoFocusMode");

    private final Calls calls;
    private final StreamCheck streams;

    CameraCommands(Calls calls) {
        this.calls = calls;
        this.streams = new StreamCheck(calls);
    }

    /** All of them by name. */
    Map<String, CommandHandler> handlers() {
        Map<String, CommandHandler> all = new LinkedHashMap<>();
        all.put("camera_probe", this::probe);
        all.put("camera_get_profiles", this::profiles);
        all.put("camera_get_stream_uri", this::streamUri);
        all.put("camera_get_snapshot", this::snapshot);
        all.put("camera_get_imaging", (p, c) -> imaging(p, c, false));
        all.put("camera_get_imaging_options", (p, c) -> imaging(p, c, true));
        all.put("camera_set_imaging", this::setImaging);
        all.put("camera_get_events", this::events);
        all.put("camera_get_services", this::services);
        all.put("camera_get_time", this::time);
        all.put("camera_set_time", this::setTime);
        all.put("camera_reboot", this::reboot);
        return all;
    }

    private CommandResult probe(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        int seconds =
                parameters.number("measureSeconds", 0, StreamCheck.MAX_SECONDS).orElse(0);
        String wanted = profile(parameters);
        Camera camera = calls.camera(context);
        Health health = calls.await(camera.look(), context);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("reachable", health.reachable());
        values.put("authenticated", health.authenticated());
        values.put("millis", health.latencyMillis());
        values.put(
                "manufacturer",
                health.information() == null ? null : health.information().manufacturer());
        values.put(
                "model",
                health.information() == null ? null : health.information().model());
        values.put(
                "firmware",
                health.information() == null ? null : health.information().firmware());
        values.put(
                "serial",
                health.information() == null ? null : health.information().serial());
        values.put("clockAheadMillis", health.clockAheadMillis());
        values.put("stream", health.stream());
        values.put("authentication", health.authentication());
        values.put("events", camera.events().name().toLowerCase(java.util.Locale.ROOT));
        values.put("alarms", camera.alarms());
        values.put("reason", health.reason().isEmpty() ? null : health.reason());
        if (seconds > 0 && health.reachable()) {
            values.put("measured", streams.measure(seconds, wanted, context));
        }
        return new CommandResult(values);
    }

    private CommandResult profiles(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        parameters.check();
        List<MediaProfile> profiles = calls.await(calls.device(context).media().profiles(), context);
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        for (MediaProfile each : profiles) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put("token", each.token());
            values.put("name", each.name());
            values.put("encoding", each.encoding());
            values.put("width", each.width());
            values.put("height", each.height());
            values.put("frameRate", each.frameRate());
            values.put("bitrateKbit", each.bitrateKbit());
            values.put("videoSource", each.videoSource());
            values.put("ptz", each.ptz() != null);
            list.add(values);
        }
        return new CommandResult(Map.of("profiles", list));
    }

    private CommandResult streamUri(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        String wanted = profile(parameters);
        OnvifDevice device = calls.device(context);
        MediaProfile profile = calls.profile(device, wanted, context);
        String uri = calls.await(device.media().streamUri(profile.token()), context);
        return new CommandResult(
                Map.of("uri", solutions.itms.scs.onvif.Addresses.redacted(uri), "profile", profile.token()));
    }

    private static String profile(CommandParameters parameters) throws CommandException {
        String wanted = parameters.text("profile", MAX_TOKEN).orElse("");
        parameters.check();
        return wanted;
    }

    private CommandResult snapshot(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        return calls.snapshot(profile(parameters), context);
    }

    private CommandResult imaging(CommandParameters parameters, CommandContext context, boolean options)
            throws CommandException, InterruptedException {
        String wanted = profile(parameters);
        OnvifDevice device = calls.device(context);
        String source = calls.videoSource(device, wanted, context);
        Imaging imaging = device.imaging();
        return options
                ? new CommandResult(Map.of("options", calls.await(imaging.options(source), context)))
                : new CommandResult(Map.of("settings", calls.await(imaging.settings(source), context)));
    }

    private CommandResult setImaging(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        String wanted = parameters.text("profile", MAX_TOKEN).orElse("");
        Map<String, String> changes = new LinkedHashMap<>();
        LEVELS.forEach((name, setting) -> {
            OptionalDouble value = parameters.decimal(name, -ANY, ANY);
            value.ifPresent(number -> changes.put(setting, plain(number)));
        });
        MODES.forEach((name, setting) -> parameters.text(name, 32).ifPresent(word -> changes.put(setting, word)));
        parameters.check();
        if (changes.isEmpty()) {
            parameters.problem("brightness", "or another setting must be given");
            parameters.check();
        }
        OnvifDevice device = calls.device(context);
        String source = calls.videoSource(device, wanted, context);
        calls.await(device.imaging().set(source, changes), context);
        return new CommandResult(Map.of("settings", calls.await(device.imaging().settings(source), context)));
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    private CommandResult events(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        OptionalInt seconds = parameters.number("seconds", 1, MAX_SECONDS);
        int limit = parameters.number("limit", 1, MAX_EVENTS).orElse(100);
        parameters.check();
        Camera camera = calls.camera(context);
        ConcurrentLinkedQueue<DeviceEvent> heard = new ConcurrentLinkedQueue<>();
        Semaphore came = new Semaphore(0);
        boolean watched = camera.settings().events();
        EventStream own = watched
                ? null
                : new EventStream(
                        calls.device(context),
                        null,
                        all -> {
                            heard.addAll(all);
                            came.release(all.size());
                        },
                        state -> {});
        try (AutoCloseable listening = camera.listen(all -> {
            heard.addAll(all);
            came.release(all.size());
        })) {
            if (own != null) {
                own.start();
            }
            long left = Math.min(
                    Duration.ofSeconds(seconds.orElse(10)).toMillis(),
                    context.timeLeft().minusSeconds(1).toMillis());
            came.tryAcquire(limit, Math.max(1, left), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new CommandException(FailureCode.INTERNAL, "events can't be listened to");
        } finally {
            if (own != null) {
                own.end();
            }
        }
        return new CommandResult(Map.of(
                "events",
                heard.stream().limit(limit).map(CameraCommands::describe).toList()));
    }

    private static Map<String, @Nullable Object> describe(DeviceEvent event) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("at", event.at() == null ? "" : event.at().toString());
        values.put("topic", event.topic());
        values.put("operation", event.operation());
        values.put("source", event.source());
        values.put("data", event.data());
        return values;
    }

    private CommandResult services(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        parameters.check();
        List<ServiceEntry> listed = calls.await(calls.device(context).connect(), context);
        List<Map<String, @Nullable Object>> services = new ArrayList<>();
        for (ServiceEntry each : listed) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put("namespace", each.namespace());
            values.put("version", each.version().isEmpty() ? null : each.version());
            values.put("address", each.address());
            services.add(values);
        }
        return new CommandResult(Map.of("services", services));
    }

    private CommandResult time(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        parameters.check();
        DeviceTime time = calls.await(calls.device(context).management().time(), context);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("time", time.time() == null ? null : time.time().toString());
        values.put("source", time.source());
        values.put("zone", time.zone());
        values.put("clockAheadMillis", time.aheadMillis());
        return new CommandResult(values);
    }

    private CommandResult setTime(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        Optional<String> source = parameters.text("source", 16);
        parameters.text("reason", 500);
        if (source.isPresent() && !List.of("gateway", "ntp").contains(source.get())) {
            parameters.problem("source", "must be gateway or ntp");
        }
        parameters.check();
        OnvifDevice device = calls.device(context);
        boolean ntp = source.orElse("gateway").equals("ntp");
        calls.await(
                ntp
                        ? device.management().useNtp()
                        : device.management().setTime(device.clock().ours()),
                context);
        DeviceTime now = calls.await(device.management().time(), context);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("clockAheadMillis", now.aheadMillis());
        values.put("source", now.source());
        return new CommandResult(values);
    }

    private CommandResult reboot(CommandParameters parameters, CommandContext context)
            throws CommandException, InterruptedException {
        parameters.text("reason", 500);
        parameters.check();
        return calls.reboot(context);
    }
}
