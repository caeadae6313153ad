package solutions.itms.scs.station;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times on the wire: RFC 3339 in, UTC with exactly three decimals out. */
final class Timestamps {
    /** Date, time with 0 to 9 decimals, and Z or a numeric offset; a time without zone could mean seven hours more. */
    private static final Pattern RFC_3339 = Pattern.compile(
            "(\\d{4})-(\\d\\d)-(\\d\\d)[Tt](\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,9}))?(?:([Zz])|([+-])(\\d\\d):(\\d\\d))");

    private static final DateTimeFormatter UTC_MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter UTC_SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Timestamps() {}

    /**
     * The instant, between the years 2000 and 2100; null when the text is none. One pair of single quotes around it is
     * taken off: the first curl command of the interface's document sends them.
     */
    static @Nullable Instant parse(String text) {
        Matcher m = RFC_3339.matcher(unquoted(text));
        if (!m.matches()) {
            return null;
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(m, 1),
                    number(m, 2),
                    number(m, 3),
                    number(m, 4),
                    number(m, 5),
                    number(m, 6),
                    nanos(m.group(7)));
            Instant instant = local.toInstant(offset(m));
            int year = instant.atZone(ZoneOffset.UTC).getYear();
            return year >= 2000 && year < 2100 ? instant : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** UTC with three decimals, such as {@code 2025-08-15T14:56:34.123Z}. */
    static String millis(Instant instant) {
        return UTC_MILLIS.format(instant);
    }

    /** UTC as gates write it: without decimals when it has none. */
    static String shortest(Instant instant) {
        return instant.getNano() == 0 ? UTC_SECONDS.format(instant) : UTC_MILLIS.format(instant);
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 2 && text.charAt(0) == '\'' && text.charAt(text.length() - 1) == '\'';
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static ZoneOffset offset(Matcher m) {
        if (m.group(8) != null) {
            return ZoneOffset.UTC;
        }
        int sign = m.group(9).equals("-") ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(sign * number(m, 10), sign * number(m, 11));
    }

    private static int nanos(@Nullable String decimals) {
        return decimals == null ? 0 : Integer.parseInt((decimals + "00000000").substring(0, 9));
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }
}
