package solutions.itms.scs.onvif.soap;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import solutions.itms.scs.onvif.xml.XmlNode;

/** Times as devices write them, which is not always how they should. Stateless. */
public final class DeviceTimes {
    private static final Pattern DATE_TIME = Pattern.compile(
            "(\\d{4})-(\\d{1,2})-(\\d{1,2})[T ]-?(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:[.,](\\d{1,9}))?\\s*(Z|[+-]\\d{2}:?\\d{2})?");
    private static final Pattern ZONE =
            Pattern.compile("^[A-Za-z<>+\\-\\d]*?([+-]?)(\\d{1,2})(?::(\\d{2}))?(?::\\d{2})?(?:[A-Za-z<,].*)?$");
    private static final Pattern ISO_ZONE = Pattern.compile("^(?:UTC|GMT)?([+-])(\\d{1,2}):?(\\d{2})$");
    private static final Duration MOST = Duration.ofHours(15);

    private DeviceTimes() {}

    /** The time of an answer to GetSystemDateAndTime: UTC, or local time with its zone; empty when neither can be read. */
    public static Optional<Instant> of(XmlNode response) {
        XmlNode time = response.find("SystemDateAndTime").orElse(response);
        Optional<Instant> utc = time.child("UTCDateTime").flatMap(DeviceTimes::fields);
        if (utc.isPresent()) {
            return utc;
        }
        Duration east =
                time.text("TimeZone", "TZ").map(DeviceTimes::eastOfGreenwich).orElse(Duration.ZERO);
        return time.child("LocalDateTime").flatMap(DeviceTimes::fields).map(local -> local.minus(east));
    }

    private static Optional<Instant> fields(XmlNode dateTime) {
        Optional<Integer> year = dateTime.whole("Date", "Year");
        Optional<Integer> month = dateTime.whole("Date", "Month");
        Optional<Integer> day = dateTime.whole("Date", "Day");
        Optional<Integer> hour = dateTime.whole("Time", "Hour");
        Optional<Integer> minute = dateTime.whole("Time", "Minute");
        if (year.isEmpty() || month.isEmpty() || day.isEmpty() || hour.isEmpty() || minute.isEmpty()) {
            return Optional.empty();
        }
        return lenient(
                year.get(),
                month.get(),
                day.get(),
                hour.get(),
                minute.get(),
                dateTime.whole("Time", "Second").orElse(0),
                0);
    }

    /** A date and time in text; without a zone it is UTC. Empty when it is none, such as a year 0. */
    public static Optional<Instant> parse(String text) {
        Matcher m = DATE_TIME.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        int nanos = m.group(7) == null ? 0 : Integer.parseInt((m.group(7) + "00000000").substring(0, 9));
        Optional<Instant> local =
                lenient(number(m, 1), number(m, 2), number(m, 3), number(m, 4), number(m, 5), number(m, 6), nanos);
        String zone = m.group(8);
        return zone == null || zone.equals("Z")
                ? local
                : local.map(time -> time.minusSeconds(ZoneOffset.of(zone).getTotalSeconds()));
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }

    /** Fields may run over, such as 00:61:16. */
    private static Optional<Instant> lenient(
            int year, int month, int day, int hour, int minute, int second, int nanos) {
        if (year < 1970 || year > 9999 || month < 1 || day < 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.of(year, 1, 1)
                    .plusMonths(month - 1L)
                    .plusDays(day - 1L)
                    .atStartOfDay()
                    .plusHours(hour)
                    .plusMinutes(minute)
                    .plusSeconds(second)
                    .plusNanos(nanos)
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** From a POSIX zone, whose sign is the wrong way round, or from +07:00; zero when it is neither. */
    static Duration eastOfGreenwich(String zone) {
        Matcher iso = ISO_ZONE.matcher(zone.strip());
        if (iso.matches()) {
            Duration offset = Duration.ofMinutes(number(iso, 2) * 60L + number(iso, 3));
            return within(iso.group(1).equals("-") ? offset.negated() : offset);
        }
        Matcher posix = ZONE.matcher(zone.strip());
        if (!posix.matches()) {
            return Duration.ZERO;
        }
        long minutes = number(posix, 2) * 60L + (posix.group(3) == null ? 0 : number(posix, 3));
        return within(Duration.ofMinutes(posix.group(1).equals("-") ? minutes : -minutes));
    }

    private static Duration within(Duration offset) {
        return offset.abs().compareTo(MOST) > 0 ? Duration.ZERO : offset;
    }
}
