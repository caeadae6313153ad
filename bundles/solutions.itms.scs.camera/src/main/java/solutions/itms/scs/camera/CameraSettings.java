package solutions.itms.scs.camera;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.onvif.http.Endpoint;
import solutions.itms.scs.onvif.soap.Credentials;

/**
 * One camera as it is configured.
 *
 * @param id 1 to 64 letters, digits, dots, lines and underscores
 * @param endpoint null when its address can't be used
 * @param profile token; empty for the first
 * @param thumbnails from one to the next; zero for none
 * @param motionEnds after so long without a word, for cameras that never say that it is over
 * @param clockLimit a clock that is off by more is an alarm
 * @param problems what could not be used, in words
 */
record CameraSettings(
        String id,
        boolean enabled,
        String name,
        @Nullable Endpoint endpoint,
        Credentials credentials,
        String fingerprint,
        String profile,
        Duration interval,
        Duration limit,
        boolean checksStream,
        boolean events,
        boolean allEvents,
        Duration motionEnds,
        Duration thumbnails,
        Duration clockLimit,
        List<String> problems) {
    static final int DEFAULT_INTERVAL = 30;
    static final int DEFAULT_LIMIT = 4;

    /** @param decrypt makes plain text of a stored password */
    static CameraSettings of(Options options, UnaryOperator<String> decrypt) {
        String id = options.text("id", "");
        if (!id.matches("[A-Za-z0-9._-]{1,64}")) {
            options.problem("id '" + id + "' must have 1 to 64 letters, digits, dots, lines and underscores");
            id = "";
        }
        return new CameraSettings(
                id,
                options.flag("enabled", true),
                options.text("name", ""),
                endpoint(options),
                new Credentials(options.text("user", ""), decrypt.apply(options.text("password", "")), method(options)),
                fingerprint(options),
                options.text("profile", ""),
                Duration.ofSeconds(options.number("interval", 5, 3_600, DEFAULT_INTERVAL)),
                Duration.ofSeconds(options.number("timeout", 1, 30, DEFAULT_LIMIT)),
                options.flag("stream.check", true),
                options.flag("events", true),
                options.flag("events.all", false),
                Duration.ofSeconds(options.number("motion.timeout", 5, 3_600, 60)),
                Duration.ofSeconds(options.number("thumbnail.interval", 0, 86_400, 0)),
                Duration.ofSeconds(options.number("clock.limit", 1, 86_400, 60)),
                options.problems());
    }

    private static @Nullable Endpoint endpoint(Options options) {
        String address = options.text("address", "");
        try {
            return Endpoint.parse(address);
        } catch (IllegalArgumentException e) {
            options.problem("address must be host, host:port or http(s)://host:port, without a user");
            return null;
        }
    }

    private static Credentials.Method method(Options options) {
        String text = options.text("authentication", "auto");
        try {
            return Credentials.Method.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            options.problem("authentication '" + text + "' must be auto, digest, token, both or text; using auto");
            return Credentials.Method.AUTO;
        }
    }

    private static String fingerprint(Options options) {
        String text = options.text("tls.fingerprint", "");
        if (text.isEmpty() || text.replace(":", "").matches("[0-9A-Fa-f]{64}")) {
            return text;
        }
        options.problem("tls.fingerprint must be a SHA-256 of 64 hexadecimal digits; trusting no certificate");
        return "0".repeat(64);
    }

    /** Whether the camera can be used. */
    boolean usable() {
        return enabled && endpoint != null && !id.isEmpty();
    }

    /** What people call it. */
    String label() {
        return name.isEmpty() ? id : name;
    }
}
