package solutions.itms.scs.station;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times on the wire: RFC 3339 in, UTC with exactly three decimals out. */
final class Timestamps {
    private static final DateTimeFormatter UTC_MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter UTC_SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int NONE = Integer.MIN_VALUE;
    private static final long FROM = LocalDate.of(2000, 1, 1).toEpochDay() * 86_400;
    private static final long TO = LocalDate.of(2100, 1, 1).toEpochDay() * 86_400;

    private Timestamps() {}

    /**
     * The instant, between the years 2000 and 2100; null when the text is none. One pair of single quotes around it is
     * taken off: the first curl command of the interface's document sends them.
     */
    static @Nullable Instant parse(String text) {
        int end = text.length();
        boolean quoted = end > 2 && text.charAt(0) == '\'' && text.charAt(end - 1) == '\'';
        return quoted ? parse(text, 1, end - 1) : parse(text, 0, end);
    }

    /** UTC with three decimals, such as {@code 2025-08-15T14:56:34.123Z}. */
    static String millis(Instant instant) {
        return UTC_MILLIS.format(instant);
    }

    /** UTC as gates write it: without decimals when it has none. */
    static String shortest(Instant instant) {
        return instant.getNano() == 0 ? UTC_SECONDS.format(instant) : UTC_MILLIS.format(instant);
    }

    /** RFC 3339: a time without zone is refused, it could mean seven hours more. */
    private static @Nullable Instant parse(String t, int at, int end) {
        if (end - at < 20
                || t.charAt(at + 4) != '-'
                || t.charAt(at + 7) != '-'
                || (t.charAt(at + 10) | 0x20) != 't'
                || t.charAt(at + 13) != ':'
                || t.charAt(at + 16) != ':') {
            return null;
        }
        int year = digits(t, at, 4);
        int month = digits(t, at + 5, 2);
        int day = digits(t, at + 8, 2);
        int hour = digits(t, at + 11, 2);
        int minute = digits(t, at + 14, 2);
        int second = digits(t, at + 17, 2);
        int zone = endOfDecimals(t, at + 19, end);
        int nanos = zone < 0 ? -1 : nanos(t, at + 20, zone);
        int offset = zone < 0 ? NONE : offsetSeconds(t, zone, end);
        boolean wrong = year < 1999 || year > 2100 || month < 1 || month > 12 || day < 1 || hour < 0 || hour > 23;
        if (wrong || minute < 0 || minute > 59 || second < 0 || second > 59 || nanos < 0 || offset == NONE) {
            return null;
        }
        if (day > YearMonth.of(year, month).lengthOfMonth()) {
            return null;
        }
        long epochDay = LocalDate.of(year, month, day).toEpochDay();
        long epochSecond = epochDay * 86_400 + hour * 3_600L + minute * 60L + second - offset;
        return epochSecond >= FROM && epochSecond < TO ? Instant.ofEpochSecond(epochSecond, nanos) : null;
    }

    /** This many digits as a number; negative when one of them is none. */
    private static int digits(String text, int at, int count) {
        int value = 0;
        for (int i = at; i < at + count; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Where the zone begins: behind a point and one to nine digits, or at once; negative when neither holds. */
    private static int endOfDecimals(String text, int at, int end) {
        if (at >= end || text.charAt(at) != '.') {
            return at < end ? at : -1;
        }
        int next = at + 1;
        while (next < end && text.charAt(next) >= '0' && text.charAt(next) <= '9') {
            next++;
        }
        int count = next - at - 1;
        return count >= 1 && count <= 9 && next < end ? next : -1;
    }

    private static int nanos(String text, int at, int end) {
        int nanos = 0;
        for (int i = 0; i < 9; i++) {
            nanos = nanos * 10 + (at + i < end ? text.charAt(at + i) - '0' : 0);
        }
        return nanos;
    }

    private static int offsetSeconds(String text, int at, int end) {
        char sign = text.charAt(at);
        if (sign == 'Z' || sign == 'z') {
            return end == at + 1 ? 0 : NONE;
        }
        if ((sign != '+' && sign != '-') || end != at + 6 || text.charAt(at + 3) != ':') {
            return NONE;
        }
        int hours = digits(text, at + 1, 2);
        int minutes = digits(text, at + 4, 2);
        if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 18 * 60) {
            return NONE;
        }
        return (sign == '-' ? -1 : 1) * (hours * 3_600 + minutes * 60);
    }
}
