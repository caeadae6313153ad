package solutions.itms.scs.onvif.watch;

import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.onvif.http.Endpoint;
import solutions.itms.scs.onvif.soap.Credentials;

/**
 * What every device that is watched is configured with. Immutable.
 *
 * @param id 1 to 64 letters, digits, dots, lines and underscores; empty when it can't be used
 * @param name for people; may be empty
 * @param endpoint null when its address can't be used
 * @param fingerprint SHA-256 of its certificate; empty to trust the first one
 * @param interval from one look at it to the next
 * @param limit after which a call fails
 */
public record WatchSettings(
        String id,
        boolean enabled,
        String name,
        @Nullable Endpoint endpoint,
        Credentials credentials,
        String fingerprint,
        Duration interval,
        Duration limit) {

    /**
     * Seconds that depend on the kind of device.
     *
     * @param leastInterval the shortest interval that is allowed
     */
    public record Defaults(int leastInterval, int interval, int limit) {}

    /** @param decrypt makes plain text of a stored password */
    public static WatchSettings of(Options options, UnaryOperator<String> decrypt, Defaults defaults) {
        String id = options.text("id", "");
        if (!id.matches("[A-Za-z0-9._-]{1,64}")) {
            options.problem("id '" + id + "' must have 1 to 64 letters, digits, dots, lines and underscores");
            id = "";
        }
        return new WatchSettings(
                id,
                options.flag("enabled", true),
                options.text("name", ""),
                endpoint(options),
                new Credentials(options.text("user", ""), decrypt.apply(options.text("password", "")), method(options)),
                fingerprint(options),
                Duration.ofSeconds(options.number("interval", defaults.leastInterval(), 3_600, defaults.interval())),
                Duration.ofSeconds(options.number("timeout", 1, 30, defaults.limit())));
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
}
