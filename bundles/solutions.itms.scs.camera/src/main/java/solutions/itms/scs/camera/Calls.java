package solutions.itms.scs.camera;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.artifact.ArtifactException;
import solutions.itms.scs.api.artifact.ArtifactReference;
import solutions.itms.scs.api.artifact.ArtifactUploader;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.onvif.MediaProfile;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.Picture;
import solutions.itms.scs.onvif.watch.DeviceCalls;
import solutions.itms.scs.onvif.watch.Fleet;

/** What commands for cameras have in common: whom they are for, and waiting no longer than there is time. Thread-safe. */
final class Calls {
    private static final Duration REBOOT_LIMIT = Duration.ofSeconds(200);
    private static final Duration REBOOT_PAUSE = Duration.ofMillis(500);
    private static final Duration REBOOT_BEGINS = Duration.ofSeconds(30);

    private final Fleet<CameraSettings, Camera> fleet;
    private final Site site;

    Calls(Fleet<CameraSettings, Camera> fleet, Site site) {
        this.fleet = fleet;
        this.site = site;
    }

    /** The camera that a command is for. */
    Camera camera(CommandContext context) throws CommandException {
        return fleet.find(context.target())
                .orElseThrow(
                        () -> new CommandException(FailureCode.NOT_FOUND, "there is no camera " + context.target()));
    }

    OnvifDevice device(CommandContext context) throws CommandException {
        OnvifDevice device = camera(context).device();
        if (device == null) {
            throw new CommandException(FailureCode.UNAVAILABLE, "the camera is switched off here, or has no address");
        }
        return device;
    }

    /** What comes of a call. */
    <T> T await(CompletableFuture<T> call, CommandContext context) throws CommandException, InterruptedException {
        return DeviceCalls.await(call, context, "camera");
    }

    /** The profile of a token, the camera's own one, or else the first. */
    MediaProfile profile(OnvifDevice device, String wanted, CommandContext context)
            throws CommandException, InterruptedException {
        List<MediaProfile> all = await(device.media().profiles(), context);
        String token = wanted.isEmpty() ? camera(context).settings().profile() : wanted;
        return all.stream()
                .filter(profile -> token.isEmpty() || profile.token().equals(token))
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        FailureCode.NOT_FOUND,
                        all.isEmpty()
                                ? "the camera has no profile"
                                : "there is no profile " + token + "; there are "
                                        + String.join(
                                                ", ",
                                                all.stream()
                                                        .map(MediaProfile::token)
                                                        .toList())));
    }

    String videoSource(OnvifDevice device, String wanted, CommandContext context)
            throws CommandException, InterruptedException {
        String source = profile(device, wanted, context).videoSource();
        if (source != null) {
            return source;
        }
        List<String> sources = await(device.media().videoSources(), context);
        if (sources.isEmpty()) {
            throw new CommandException(FailureCode.CONFLICT, "the camera has no video source");
        }
        return sources.get(0);
    }

    CommandResult snapshot(String wanted, CommandContext context) throws CommandException, InterruptedException {
        ArtifactUploader uploader = site.uploader().get().orElse(null);
        if (uploader == null) {
            throw new CommandException(FailureCode.UNAVAILABLE, "nothing here takes files for the cloud");
        }
        OnvifDevice device = device(context);
        MediaProfile profile = profile(device, wanted, context);
        Picture picture = await(device.media().snapshot(profile.token()), context);
        try {
            ArtifactReference file = Snapshots.store(uploader, context.target(), context.id(), picture);
            return new CommandResult(
                    Map.of(
                            "profile", profile.token(),
                            "mediaType", picture.mediaType(),
                            "size", (long) picture.bytes().length),
                    List.of(file));
        } catch (ArtifactException e) {
            throw e.toCommandException();
        } catch (IOException e) {
            throw new CommandException(FailureCode.UNAVAILABLE, "the picture can't be kept: the disk fails");
        }
    }

    /** Restarts the camera and waits until it answers again. */
    CommandResult reboot(CommandContext context) throws CommandException, InterruptedException {
        OnvifDevice device = device(context);
        context.progress(10, "restarting");
        long began = site.loop().nanos();
        String said = await(device.management().reboot(), context);
        boolean down = false;
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("message", said);
        while (Duration.ofNanos(site.loop().nanos() - began).compareTo(REBOOT_LIMIT) < 0
                && context.timeLeft().compareTo(Duration.ofSeconds(3)) > 0) {
            pause(REBOOT_PAUSE);
            boolean answers = device.management()
                    .measureClock()
                    .handle((time, failure) -> failure == null)
                    .join();
            long millis = (site.loop().nanos() - began) / 1_000_000;
            if (answers && (down || millis > REBOOT_BEGINS.toMillis())) {
                values.put("downMillis", millis);
                return new CommandResult(values);
            }
            down |= !answers;
            context.progress(50, down ? "waiting until it answers again" : "it still answers");
        }
        throw new CommandException(FailureCode.TIMEOUT, "it was restarted, and does not answer yet");
    }

    private void pause(Duration time) throws InterruptedException {
        Semaphore over = new Semaphore(0);
        site.loop().after(time, over::release);
        over.tryAcquire(time.toMillis() * 2, TimeUnit.MILLISECONDS);
    }
}
