package solutions.itms.scs.station;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the system's own time service says of the clock: chrony, else systemd-timesyncd. */
final class SystemTimeReference implements ReferenceTime {
    private static final List<String> CHRONY = List.of("chronyc", "-c", "tracking");
    private static final List<String> TIMESYNCD = List.of("timedatectl", "show-timesync");
    private static final int CHRONY_OFFSET = 4;
    private static final int CHRONY_LEAP = 13;
    private static final Pattern NUMBER_OF_PACKETS = Pattern.compile("PacketCount=(\\d{1,18})");
    private static final Pattern LEAP = Pattern.compile("Leap=(\\d)");

    private final Commands commands;

    SystemTimeReference(Commands commands) {
        this.commands = commands;
    }

    /** Runs a program of the system. */
    @FunctionalInterface
    interface Commands {
        /** What it prints; null when there is no such program, or it fails. */
        @Nullable
        String output(List<String> command);
    }

    @Override
    public Reading read() {
        String tracking = commands.output(CHRONY);
        if (tracking != null) {
            return chrony(tracking);
        }
        String timesync = commands.output(TIMESYNCD);
        return timesync == null
                ? Reading.unknown("no NTP server is configured, and neither chrony nor systemd-timesyncd answers")
                : timesyncd(timesync);
    }

    private static Reading chrony(String tracking) {
        String[] fields = tracking.strip().split(",", -1);
        if (fields.length <= CHRONY_LEAP) {
            return Reading.unknown("chrony gives no answer that can be used");
        }
        if (fields[CHRONY_LEAP].toLowerCase(Locale.ROOT).startsWith("not")) {
            return Reading.unknown("chrony is not synchronised");
        }
        try {
            Duration offset = Duration.ofNanos(Math.round(Double.parseDouble(fields[CHRONY_OFFSET]) * 1e9));
            return new Reading(offset, true, "chrony, by " + fields[1]);
        } catch (NumberFormatException e) {
            return Reading.unknown("chrony gives no answer that can be used");
        }
    }

    /** It steps or slews the clock as soon as it has an answer, but does not tell by how much. */
    private static Reading timesyncd(String timesync) {
        Map<String, String> values = timesync.lines()
                .filter(line -> line.indexOf('=') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (a, b) -> b));
        String message = values.getOrDefault("NTPMessage", "");
        Matcher packets = NUMBER_OF_PACKETS.matcher(message);
        Matcher leap = LEAP.matcher(message);
        boolean answered = packets.find() && Long.parseLong(packets.group(1)) > 0;
        boolean synchronised = answered && leap.find() && !leap.group(1).equals("3");
        return synchronised
                ? new Reading(null, true, "systemd-timesyncd, by " + values.getOrDefault("ServerName", "a server"))
                : Reading.unknown("systemd-timesyncd is not synchronised");
    }
}
