package solutions.itms.scs.station.log;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.privacy.CardNumbers;

/**
 * How a line looks: {@code 2025-08-14T15:21:07.648+07:00 info 13 text}. One entry is one line, whatever the text holds:
 * what does not print is escaped, card numbers are masked, and what is too long is cut. Immutable.
 */
final class LineFormat {
    /** The longest text of an entry, in characters. */
    static final int MAX_TEXT = 4_096;

    /** Numeric offset also for UTC; the calendar and the digits of no locale. */
    private static final String TIME = "uuuu-MM-dd'T'HH:mm:ss.SSSxxx";

    private static final String CUT = "…";
    private static final int MAX_STATION = 64;

    private final DateTimeFormatter time;
    private final String station;

    /** @param stationId the station's id; blank = none */
    LineFormat(ZoneId zone, String stationId) {
        this.time = DateTimeFormatter.ofPattern(TIME, Locale.ROOT).withZone(zone);
        String oneWord = escape(cut(stationId.strip(), MAX_STATION)).replaceAll("\\s", "_");
        this.station = oneWord.isEmpty() ? "-" : oneWord;
    }

    /** The line, with its end. */
    String line(Instant at, Level level, String text) {
        String masked = CardNumbers.mask(text);
        return time.format(at) + " " + level.text() + " " + station + " " + escape(cut(masked, MAX_TEXT)) + "\n";
    }

    /** As much of a text as {@link #line} looks at, so that what waits to be written has a limit, too. */
    static String head(String text) {
        int longest = MAX_TEXT + CardNumbers.MAX_LENGTH + 1;
        return text.length() > longest ? text.substring(0, longest) : text;
    }

    private static String cut(String text, int length) {
        return text.length() > length ? text.substring(0, length) + CUT : text;
    }

    /** Each character prints and takes its place in reading order; a backslash is doubled, so that nothing is ambiguous. */
    static String escape(String text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (!pair && !isHarmful(c)) {
                append(escaped, c);
            } else if (pair) {
                append(escaped, c);
                append(escaped, text.charAt(++i));
            } else {
                escaped = escaped == null ? new StringBuilder(text.length() + 16).append(text, 0, i) : escaped;
                escaped.append(replacement(c));
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    private static void append(@Nullable StringBuilder escaped, char c) {
        if (escaped != null) {
            escaped.append(c);
        }
    }

    /** Control characters, line and paragraph separators, marks that reorder what is shown, and lone surrogates. */
    private static boolean isHarmful(char c) {
        return c == '\\'
                || Character.isISOControl(c)
                || Character.isSurrogate(c)
                || c == '\u2028'
                || c == '\u2029'
                || c == '\u200E'
                || c == '\u200F'
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\uFEFF';
    }

    private static String replacement(char c) {
        return switch (c) {
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> "\\u" + HexFormat.of().toHexDigits(c);
        };
    }
}
