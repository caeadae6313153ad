package solutions.itms.scs.camera;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.onvif.watch.WatchSettings;
import solutions.itms.scs.onvif.watch.WatchSettings.Defaults;
import solutions.itms.scs.onvif.watch.WatchedSettings;

/**
 * One camera as it is configured.
 *
 * @param watch what every device has
 * @param profile token; empty for the first
 * @param thumbnails from one to the next; zero for none
 * @param motionEnds after so long without a word, for cameras that never say that it is over
 * @param clockLimit a clock that is off by more is an alarm
 * @param problems what could not be used, in words
 */
record CameraSettings(
        WatchSettings watch,
        String profile,
        boolean checksStream,
        boolean events,
        boolean allEvents,
        Duration motionEnds,
        Duration thumbnails,
        Duration clockLimit,
        List<String> problems)
        implements WatchedSettings {
    static final int DEFAULT_INTERVAL = 30;
    static final int DEFAULT_LIMIT = 4;

    /** @param decrypt makes plain text of a stored password */
    static CameraSettings of(Options options, UnaryOperator<String> decrypt) {
        return new CameraSettings(
                WatchSettings.of(options, decrypt, new Defaults(5, DEFAULT_INTERVAL, DEFAULT_LIMIT)),
                options.text("profile", ""),
                options.flag("stream.check", true),
                options.flag("events", true),
                options.flag("events.all", false),
                Duration.ofSeconds(options.number("motion.timeout", 5, 3_600, 60)),
                Duration.ofSeconds(options.number("thumbnail.interval", 0, 86_400, 0)),
                Duration.ofSeconds(options.number("clock.limit", 1, 86_400, 60)),
                options.problems());
    }
}
