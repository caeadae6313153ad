package solutions.itms.scs.nvr;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import solutions.itms.scs.onvif.http.Endpoint;

/**
 * Address of a replay at a recorder without Profile G. In it stand {@code {host}}, {@code {channel}} as it is configured,
 * {@code {channel0}} for one less, {@code {channel:02}} with leading zeros, and {@code {from:pattern}} and {@code
 * {to:pattern}} with patterns of {@link DateTimeFormatter}, or {@code epoch} for seconds since 1970. Immutable.
 */
final class ReplayTemplate {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+0?)(?::([^{}]*))?}");
    private static final int MAX = 1_024;

    private final String text;
    private final ZoneId zone;

    private ReplayTemplate(String text, ZoneId zone) {
        this.text = text;
        this.zone = zone;
    }

    /** @throws IllegalArgumentException with words that follow its name */
    static ReplayTemplate parse(String text, ZoneId zone) {
        if (!text.matches("(?i)rtsps?://.*") || text.length() > MAX) {
            throw new IllegalArgumentException("must be an address that begins with rtsp:// or rtsps://");
        }
        if (text.replaceFirst("[/?].*", "").contains("@") || text.matches("(?i)rtsps?://[^/?]*@.*")) {
            throw new IllegalArgumentException("must have no user and no password");
        }
        ReplayTemplate template = new ReplayTemplate(text, zone);
        try {
            template.fill("1", Instant.EPOCH, Instant.EPOCH, "localhost");
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("has a pattern that is none: " + e.getMessage(), e);
        }
        if (!text.contains("{from:")) {
            throw new IllegalArgumentException("must have {from:pattern} in it");
        }
        return template;
    }

    /** The address for a channel and a time. */
    String fill(String channel, Instant from, Instant to, Endpoint endpoint) {
        String host = endpoint.host();
        return fill(channel, from, to, host.indexOf(':') >= 0 ? "[" + host + "]" : host);
    }

    private String fill(String channel, Instant from, Instant to, String host) {
        Matcher place = PLACE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (place.find()) {
            String format = place.group(2) == null ? "" : place.group(2);
            String value = switch (place.group(1)) {
                case "host" -> host;
                case "channel" -> number(channel, 0, format);
                case "channel0" -> number(channel, -1, format);
                case "from" -> time(from, format);
                case "to" -> time(to, format);
                default -> throw new IllegalArgumentException("has {" + place.group(1) + "}, which is not known");
            };
            place.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        return place.appendTail(out).toString();
    }

    private static String number(String channel, int more, String format) {
        int number = Integer.parseInt(channel) + more;
        if (format.isEmpty()) {
            return String.valueOf(number);
        }
        if (!format.matches("0[1-9]")) {
            throw new IllegalArgumentException("has {channel:" + format + "}; only 01 to 09 may stand there");
        }
        return String.format(Locale.ROOT, "%" + format + "d", number);
    }

    private String time(Instant time, String pattern) {
        if (pattern.isEmpty()) {
            throw new IllegalArgumentException("needs a pattern with each time, such as {from:yyyyMMdd'T'HHmmss}");
        }
        if (pattern.equals("epoch")) {
            return String.valueOf(time.getEpochSecond());
        }
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                .withZone(zone)
                .withDecimalStyle(java.time.format.DecimalStyle.STANDARD)
                .format(time);
    }

    /** With the times left open, for people. */
    String shown(String channel, Endpoint endpoint) {
        String filled = text.replaceAll("\\{(from|to):[^{}]*}", "<$1>");
        return new ReplayTemplate(filled, zone).fill(channel, Instant.EPOCH, Instant.EPOCH, endpoint);
    }
}
