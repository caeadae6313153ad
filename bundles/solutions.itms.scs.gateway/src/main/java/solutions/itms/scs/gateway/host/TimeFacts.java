package solutions.itms.scs.gateway.host;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the system's time service says of the clock: chrony, else systemd-timesyncd. Thread-safe. */
final class TimeFacts {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final List<String> CHRONY = List.of("chronyc", "-c", "tracking");
    private static final List<String> TIMESYNCD = List.of("timedatectl", "show-timesync");
    private static final int CHRONY_FIELDS = 14;
    private static final Pattern STRATUM = Pattern.compile("Stratum=(\\d{1,2})");
    private static final Pattern LEAP = Pattern.compile("Leap=(\\d)");

    private final Programs programs;
    private final Clock clock;

    TimeFacts(Programs programs, Clock clock) {
        this.programs = programs;
        this.clock = clock;
    }

    Map<String, @Nullable Object> status() throws InterruptedException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("time", clock.instant().toString());
        values.put("synchronized", null);
        Optional<String> tracking = programs.output(CHRONY, PATIENCE);
        if (tracking.isPresent()) {
            chrony(tracking.get(), values);
            return values;
        }
        Optional<String> timesync = programs.output(TIMESYNCD, PATIENCE);
        if (timesync.isPresent()) {
            timesyncd(timesync.get(), values);
        }
        return values;
    }

    /** Reference id, name, stratum, time, system offset, last offset, RMS, …, root delay, root dispersion, …, leap. */
    private static void chrony(String tracking, Map<String, @Nullable Object> values) {
        String[] fields = tracking.strip().split(",", -1);
        values.put("source", "chrony");
        if (fields.length < CHRONY_FIELDS) {
            return;
        }
        boolean synchronised = !fields[13].toLowerCase(Locale.ROOT).startsWith("not");
        values.put("synchronized", synchronised);
        if (synchronised) {
            values.put("server", fields[1]);
            values.put("stratum", number(fields[2]) == null ? null : Math.round(Double.parseDouble(fields[2])));
            values.put("offsetMillis", millis(fields[4]));
            values.put("estimatedErrorMillis", millis(fields[11]));
        }
    }

    private static void timesyncd(String timesync, Map<String, @Nullable Object> values) {
        Map<String, String> lines = timesync.lines()
                .filter(line -> line.indexOf('=') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (a, b) -> b));
        String message = lines.getOrDefault("NTPMessage", "");
        Matcher leap = LEAP.matcher(message);
        Matcher stratum = STRATUM.matcher(message);
        values.put("source", "systemd-timesyncd");
        values.put("server", lines.get("ServerName"));
        values.put("synchronized", leap.find() && !leap.group(1).equals("3"));
        values.put("stratum", stratum.find() ? Long.valueOf(stratum.group(1)) : null);
    }

    private static @Nullable Double millis(String seconds) {
        Double value = number(seconds);
        return value == null ? null : value * 1_000;
    }

    private static @Nullable Double number(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
