package solutions.itms.scs.camera;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.media.clip.ClipSource;
import solutions.itms.scs.media.clip.Login;
import solutions.itms.scs.media.clip.MediaException;
import solutions.itms.scs.media.clip.ReplayStyle;
import solutions.itms.scs.media.clip.StreamFigures;
import solutions.itms.scs.media.clip.StreamMeter;
import solutions.itms.scs.onvif.MediaProfile;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.http.Trust;
import solutions.itms.scs.onvif.soap.Credentials;

/** Watches the stream of a camera for some seconds, and tells what really comes. Thread-safe. */
final class StreamCheck {
    static final int MAX_SECONDS = 10;

    private final Calls calls;
    private final StreamMeter meter = new StreamMeter();

    StreamCheck(Calls calls) {
        this.calls = calls;
    }

    /** What was measured, or why nothing could be. */
    Map<String, @Nullable Object> measure(int seconds, String wanted, CommandContext context)
            throws CommandException, InterruptedException {
        OnvifDevice device = calls.device(context);
        MediaProfile profile = calls.profile(device, wanted, context);
        String uri = calls.await(device.media().streamUri(profile.token()), context);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("profile", profile.token());
        if (context.timeLeft().compareTo(Duration.ofSeconds(seconds + 2L)) < 0) {
            throw new CommandException(FailureCode.TIMEOUT, "there is no time left to watch the stream");
        }
        try {
            tell(meter.measure(source(uri, device, context), Duration.ofSeconds(seconds)), values);
        } catch (MediaException e) {
            // the sentences are written for recordings
            values.put("reason", String.valueOf(e.getMessage()).replace("the recorder", "the camera"));
        }
        return values;
    }

    private ClipSource source(String uri, OnvifDevice device, CommandContext context) throws CommandException {
        Credentials credentials = calls.camera(context).settings().credentials();
        Login login = credentials.present() ? new Login(credentials.user(), credentials.password()) : null;
        String pinned = device.fingerprint();
        return new ClipSource(uri, login, ReplayStyle.URL, new Trust(pinned == null ? "" : pinned, first -> {}));
    }

    private static void tell(StreamFigures figures, Map<String, @Nullable Object> values) {
        values.put("codec", figures.videoCodec());
        values.put("audio", figures.audio());
        values.put("width", (long) figures.width());
        values.put("height", (long) figures.height());
        values.put("framesPerSecond", Math.round(figures.framesPerSecond() * 100) / 100.0);
        values.put("bitsPerSecond", figures.bitsPerSecond());
        values.put("keyFrameSeconds", Math.round(figures.secondsBetweenKeyFrames() * 100) / 100.0);
        values.put("lostPackets", figures.lostPackets());
    }
}
