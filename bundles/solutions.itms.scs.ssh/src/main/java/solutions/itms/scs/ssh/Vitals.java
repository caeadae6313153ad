package solutions.itms.scs.ssh;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a gate says of itself; what it does not say is null.
 *
 * @param uptimeSeconds since it was started
 * @param load average of the last minute
 * @param diskPercent how full its root file system is
 * @param firmware what runs on it, such as {@code Debian GNU/Linux 12}
 * @param clockAheadMillis how far its clock is ahead of ours; it tells whole seconds, so that half of one may be missing
 */
record Vitals(
        @Nullable Double uptimeSeconds,
        @Nullable Double load,
        @Nullable Integer diskPercent,
        @Nullable String firmware,
        @Nullable Long clockAheadMillis) {
    /** Prints what {@link #parse} reads, on any Linux with a shell. */
    static final String COMMAND = "cat /proc/uptime /proc/loadavg; date +%s;"
            + " sed -n 's/^PRETTY_NAME=/firmware=/p' /etc/os-release 2>/dev/null; df -P /";

    static final Vitals NONE = new Vitals(null, null, null, null, null);

    private static final Pattern UPTIME = Pattern.compile("(?m)^(\\d{1,12}\\.\\d+) \\d{1,15}\\.\\d+$");
    private static final Pattern LOAD =
            Pattern.compile("(?m)^(\\d{1,6}\\.\\d+) \\d{1,6}\\.\\d+ \\d{1,6}\\.\\d+ \\d+/\\d+ \\d+$");
    private static final Pattern FIRMWARE = Pattern.compile(
            "(?mi)^firmware\\s{0,9}[=:]\\s{0,9}[\"']?([\\p{L}\\p{N}][^\"'\\p{Cntrl}]{0,119}?)[\"']?\\s*$");
    private static final Pattern CLOCK = Pattern.compile("(?m)^(\\d{9,11})$");
    private static final Pattern DISK = Pattern.compile("(?m)\\s(\\d{1,3})%\\s+/$");

    /**
     * Reads the command's output; lines that it does not know are left out.
     *
     * @param now our time about when the gate printed it
     */
    static Vitals parse(String output, Instant now) {
        String text = output.replace("\r", "");
        String uptime = first(UPTIME, text);
        String load = first(LOAD, text);
        String disk = first(DISK, text);
        String clock = first(CLOCK, text);
        return new Vitals(
                uptime == null ? null : Double.valueOf(uptime),
                load == null ? null : Double.valueOf(load),
                disk == null ? null : Integer.valueOf(disk),
                first(FIRMWARE, text),
                clock == null ? null : Long.parseLong(clock) * 1_000 + 500 - now.toEpochMilli());
    }

    private static @Nullable String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }
}
