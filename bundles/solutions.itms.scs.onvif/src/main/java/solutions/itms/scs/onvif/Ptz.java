package solutions.itms.scs.onvif;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.soap.OnvifException;
import solutions.itms.scs.onvif.soap.OnvifException.Kind;
import solutions.itms.scs.onvif.soap.Service;
import solutions.itms.scs.onvif.soap.SoapCall;
import solutions.itms.scs.onvif.xml.XmlNode;

/**
 * Pan, tilt, zoom. A move with a speed always has a time-out and a stop that is sent when it is over; a newer move or a stop
 * takes the place of moves that still wait, and nothing takes the place of a stop. Thread-safe.
 */
public final class Ptz {
    private static final Duration MARGIN = Duration.ofMillis(100);
    private static final int MAX_PRESETS = 500;

    private final OnvifDevice device;
    private final NetworkLoop loop;
    private final AtomicLong newest = new AtomicLong();
    private volatile PtzVector last = new PtzVector(0.0, 0.0, null);
    private @Nullable PendingStop pendingStop;

    private record PendingStop(String profile, NetworkLoop.Timer timer) {}

    Ptz(OnvifDevice device, NetworkLoop loop) {
        this.device = device;
        this.loop = loop;
    }

    /** Where the camera looks. */
    public CompletableFuture<PtzStatus> status(String profile) {
        return device.call(call("GetStatus", profile, "").withContent()).thenApply(node -> {
            XmlNode status = node.child("PTZStatus").orElse(node);
            Optional<XmlNode> move = status.child("MoveStatus");
            List<String> words = move.stream()
                    .flatMap(m -> m.children().stream())
                    .map(XmlNode::text)
                    .filter(word -> !word.isEmpty() && !word.equalsIgnoreCase("UNKNOWN"))
                    .toList();
            return new PtzStatus(
                    axis(status, "Position", "PanTilt", "x"),
                    axis(status, "Position", "PanTilt", "y"),
                    axis(status, "Position", "Zoom", "x"),
                    words.isEmpty() ? null : words.stream().anyMatch(word -> word.equalsIgnoreCase("MOVING")));
        });
    }

    private static @Nullable Double axis(XmlNode node, String position, String element, String attribute) {
        return node.at(position, element)
                .flatMap(e -> e.attribute(attribute))
                .flatMap(XmlNode::parse)
                .orElse(null);
    }

    /** Moves with a speed for a time, and then stops. */
    public CompletableFuture<Void> continuousMove(String profile, PtzVector speed, Duration time) {
        last = speed;
        String timeout = "PT" + String.format(java.util.Locale.ROOT, "%.3f", time.toMillis() / 1000.0) + "S";
        SoapCall move = call(
                "ContinuousMove",
                profile,
                "<tptz:Velocity>" + speed.xml() + "</tptz:Velocity><tptz:Timeout>" + timeout + "</tptz:Timeout>");
        return moved(move).whenComplete((done, failure) -> {
            if (failure == null || OnvifException.of(failure).kind() != Kind.STOPPED) {
                stopAfter(profile, time.plus(MARGIN)); // also when it failed: it may move all the same
            }
        });
    }

    /** Moves to a place. */
    public CompletableFuture<Void> absoluteMove(String profile, PtzVector place) {
        last = place;
        return moved(call("AbsoluteMove", profile, "<tptz:Position>" + place.xml() + "</tptz:Position>"));
    }

    /** Moves by a distance. */
    public CompletableFuture<Void> relativeMove(String profile, PtzVector distance) {
        last = distance;
        return moved(call("RelativeMove", profile, "<tptz:Translation>" + distance.xml() + "</tptz:Translation>"));
    }

    /** Stops every movement, before anything that waits; with a speed of zero where the device has no stop. */
    public CompletableFuture<Void> stop(String profile) {
        newest.incrementAndGet();
        cancelPendingStop();
        SoapCall stop = call("Stop", profile, "<tptz:PanTilt>true</tptz:PanTilt><tptz:Zoom>true</tptz:Zoom>");
        SoapCall zero =
                call("ContinuousMove", profile, "<tptz:Velocity>" + last.still().xml() + "</tptz:Velocity>");
        return device.urgently(() -> device.soap().call(stop).exceptionallyCompose(failure -> switch (OnvifException.of(
                                failure)
                        .kind()) {
                    case UNSUPPORTED, FAULT, MALFORMED, NO_ANSWER ->
                        device.soap().call(zero);
                    default -> CompletableFuture.failedFuture(failure);
                }))
                .thenAccept(done -> {});
    }

    /** The positions that it remembers. */
    public CompletableFuture<List<PtzPreset>> presets(String profile) {
        return device.call(call("GetPresets", profile, ""))
                .thenApply(node -> node.all("Preset").stream()
                        .filter(preset -> preset.attribute("token").isPresent())
                        .limit(MAX_PRESETS)
                        .map(preset -> new PtzPreset(
                                preset.attribute("token").orElse(""),
                                Management.line(preset.text("Name").orElse("")),
                                axis(preset, "PTZPosition", "PanTilt", "x"),
                                axis(preset, "PTZPosition", "PanTilt", "y"),
                                axis(preset, "PTZPosition", "Zoom", "x")))
                        .toList());
    }

    /** Goes to a remembered position. */
    public CompletableFuture<Void> gotoPreset(String profile, String preset) {
        return moved(call("GotoPreset", profile, token("PresetToken", preset)));
    }

    /** Remembers where it looks. @param preset to replace; empty for a new one @return token of the preset */
    public CompletableFuture<String> setPreset(String profile, String name, String preset) {
        String parameters = (name.isEmpty() ? "" : token("PresetName", name))
                + (preset.isEmpty() ? "" : token("PresetToken", preset));
        return device.call(call("SetPreset", profile, parameters).once())
                .thenApply(node -> node.find("PresetToken")
                        .map(token -> token.text().isEmpty()
                                ? token.attribute("token").orElse("")
                                : token.text())
                        .or(() -> node.attribute("PresetToken"))
                        .map(Management::line)
                        .orElse(preset));
    }

    /** Forgets a position. */
    public CompletableFuture<Void> removePreset(String profile, String preset) {
        return device.call(call("RemovePreset", profile, token("PresetToken", preset)))
                .thenAccept(done -> {});
    }

    /** Goes to the home position. */
    public CompletableFuture<Void> gotoHome(String profile) {
        return moved(call("GotoHomePosition", profile, ""));
    }

    /** Makes where it looks the home position. */
    public CompletableFuture<Void> setHome(String profile) {
        return device.call(call("SetHomePosition", profile, "").once()).thenAccept(done -> {});
    }

    /** Such as a wiper or a light; the device tells its words in its nodes. */
    public CompletableFuture<Void> auxiliary(String profile, String command) {
        return device.call(call("SendAuxiliaryCommand", profile, token("AuxiliaryData", command))
                        .once())
                .thenAccept(done -> {});
    }

    /** The nodes, each as the device describes it; their spaces may be empty though it moves. */
    public CompletableFuture<List<XmlNode>> nodes() {
        return device.call(device.read(Service.PTZ, "GetNodes")).thenApply(node -> Management.items(node, "PTZNode"));
    }

    /** The configurations, each as the device describes it. */
    public CompletableFuture<List<XmlNode>> configurations() {
        return device.call(device.read(Service.PTZ, "GetConfigurations"))
                .thenApply(node -> Management.items(node, "PTZConfiguration"));
    }

    /** Stops at once what a stop was still to be sent for; for the end of the use of a device. */
    public CompletableFuture<Void> settle() {
        PendingStop pending;
        synchronized (this) {
            pending = pendingStop;
        }
        return pending == null ? CompletableFuture.completedFuture(null) : stop(pending.profile());
    }

    void close() {
        cancelPendingStop();
    }

    private SoapCall call(String operation, String profile, String parameters) {
        return device.read(Service.PTZ, operation).with(token("ProfileToken", profile) + parameters);
    }

    private static String token(String element, String value) {
        return "<tptz:" + element + ">" + XmlNode.escape(value) + "</tptz:" + element + ">";
    }

    private CompletableFuture<Void> moved(SoapCall move) {
        long number = newest.incrementAndGet();
        return device.queued(() -> number == newest.get()
                        ? device.soap().call(move.once())
                        : CompletableFuture.failedFuture(
                                new OnvifException(Kind.STOPPED, "a newer move or a stop came before it")))
                .thenAccept(done -> {});
    }

    private synchronized void stopAfter(String profile, Duration time) {
        cancelPendingStop();
        pendingStop =
                new PendingStop(profile, loop.after(time, () -> stop(profile).exceptionally(failure -> null)));
    }

    private synchronized void cancelPendingStop() {
        if (pendingStop != null) {
            pendingStop.timer().cancel();
            pendingStop = null;
        }
    }
}
