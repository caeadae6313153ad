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
import solutions.itms.scs.onvif.watch.WatchSettings;
import solutions.itms.scs.onvif.watch.WatchSettings.Defaults;
import solutions.itms.scs.onvif.watch.WatchedSettings;

/**
 * One recorder as it is configured.
 *
 * @param watch what every device has
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
        WatchSettings watch,
        boolean events,
        @Nullable ReplayTemplate template,
        Map<String, String> channels,
        Duration retention,
        Duration clockLimit,
        Duration longest,
        long largest,
        int exports,
        DiskReader storage,
        List<String> problems)
        implements WatchedSettings {
    static final int DEFAULT_INTERVAL = 30;
    static final int DEFAULT_LIMIT = 8;
    static final int DEFAULT_CLIP_SECONDS = 900;
    static final int DEFAULT_CLIP_MEGABYTES = 1_000;
    private static final int MAX_CHANNELS = 256;

    /** @param decrypt makes plain text of a stored password */
    static NvrSettings of(Options options, UnaryOperator<String> decrypt) {
        return new NvrSettings(
                WatchSettings.of(options, decrypt, new Defaults(10, DEFAULT_INTERVAL, DEFAULT_LIMIT)),
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

    private static DiskReader storage(Options options) {
        String text = options.text("storage", "none");
        try {
            return DiskReader.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            options.problem("storage '" + text + "' must be none, isapi or dahua; using none");
            return DiskReader.NONE;
        }
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
}
