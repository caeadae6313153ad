package solutions.itms.scs.nvr;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.onvif.http.Endpoint;
import solutions.itms.scs.onvif.soap.Credentials;

/**
 * One recorder as it is configured.
 *
 * @param id 1 to 64 letters, digits, dots, lines and underscores
 * @param endpoint null when its address can't be used
 * @param template address of a replay; null for Profile G
 * @param channels names by number, for a recorder without Profile G
 * @param retention what each channel must reach back; zero for no such rule
 * @param clockLimit a clock that is off by more is an alarm
 * @param longest that a clip may be
 * @param largest that a clip may be, in bytes
 * @param exports clips at the same time
 * @param storage how it is asked how full its disks are
 * @param problems what could not be used, in words
 */
record NvrSettings(
        String id,
        boolean enabled,
        String name,
        @Nullable Endpoint endpoint,
        Credentials credentials,
        String fingerprint,
        Duration interval,
        Duration limit,
        boolean events,
        @Nullable ReplayTemplate template,
        Map<String, String> channels,
        Duration retention,
        Duration clockLimit,
        Duration longest,
        long largest,
        int exports,
        DiskReader storage,
        List<String> problems) {
    static final int DEFAULT_INTERVAL = 30;
    static final int DEFAULT_LIMIT = 8;
    static final int DEFAULT_CLIP_SECONDS = 900;
    static final int DEFAULT_CLIP_MEGABYTES = 1_000;
    private static final int MAX_CHANNELS = 256;

    /** @param decrypt makes plain text of a stored password */
    static NvrSettings of(Options options, UnaryOperator<String> decrypt) {
        String id = options.text("id", "");
        if (!id.matches("[A-Za-z0-9._-]{1,64}")) {
            options.problem("id '" + id + "' must have 1 to 64 letters, digits, dots, lines and underscores");
            id = "";
        }
        return new NvrSettings(
                id,
                options.flag("enabled", true),
                options.text("name", ""),
                endpoint(options),
                new Credentials(options.text("user", ""), decrypt.apply(options.text("password", "")), method(options)),
                fingerprint(options),
                Duration.ofSeconds(options.number("interval", 10, 3_600, DEFAULT_INTERVAL)),
                Duration.ofSeconds(options.number("timeout", 1, 30, DEFAULT_LIMIT)),
                options.flag("events", true),
                template(options),
                channels(options),
                Duration.ofDays(options.number("retention.days", 0, 3_650, 0)),
                Duration.ofSeconds(options.number("clock.limit", 1, 86_400, 60)),
                Duration.ofSeconds(options.number("clip.seconds", 10, 7_200, DEFAULT_CLIP_SECONDS)),
                options.number("clip.megabytes", 10, 20_000, DEFAULT_CLIP_MEGABYTES) * 1_000_000L,
                options.number("exports", 1, 2, 2),
                storage(options),
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

    private static DiskReader storage(Options options) {
        String text = options.text("storage", "none");
        try {
            return DiskReader.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            options.problem("storage '" + text + "' must be none, isapi or dahua; using none");
            return DiskReader.NONE;
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

    private static @Nullable ReplayTemplate template(Options options) {
        String text = options.text("replay.template", "");
        if (text.isEmpty()) {
            return null;
        }
        ZoneId zone = ZoneOffset.UTC;
        String name = options.text("replay.zone", "UTC");
        try {
            zone = name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException e) {
            options.problem("replay.zone must be a time zone such as UTC, +07:00 or Asia/Bangkok; using UTC");
        }
        try {
            return ReplayTemplate.parse(text, zone);
        } catch (IllegalArgumentException e) {
            options.problem("replay.template " + e.getMessage() + "; it is not used");
            return null;
        }
    }

    private static Map<String, String> channels(Options options) {
        Map<String, String> channels = new LinkedHashMap<>();
        for (String part : options.text("replay.channels", "").split(",")) {
            String[] words = part.strip().split("=", 2);
            if (words[0].isBlank()) {
                continue;
            }
            String number = words[0].strip();
            if (!number.matches("\\d{1,4}") || channels.size() >= MAX_CHANNELS) {
                options.problem("replay.channels '" + part.strip() + "' must be number=name; at most " + MAX_CHANNELS);
                continue;
            }
            channels.put(number, words.length < 2 ? "" : words[1].strip());
        }
        return channels;
    }

    /** Whether the recorder can be used. */
    boolean usable() {
        return enabled && endpoint != null && !id.isEmpty();
    }

    /** What people call it. */
    String label() {
        return name.isEmpty() ? id : name;
    }
}
