package solutions.itms.scs.testkit.camera;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which texts are values of the simple types of XML Schema that requests use. */
final class SimpleTypes {
    private static final Pattern DURATION =
            Pattern.compile("-?P(?=.)(\\d+Y)?(\\d+M)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?");
    private static final Pattern DATE_TIME =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)?");
    private static final Pattern FLOAT = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?|-?INF|NaN");

    private static final Map<String, Predicate<String>> ALL = Map.ofEntries(
            Map.entry("string", text -> true),
            Map.entry("string64", text -> text.length() <= 64),
            Map.entry("string128", text -> text.length() <= 128),
            Map.entry("token64", text -> !text.isEmpty() && text.length() <= 64),
            Map.entry("boolean", text -> List.of("true", "false", "1", "0").contains(text)),
            Map.entry("int", SimpleTypes::isInt),
            Map.entry("float", text -> FLOAT.matcher(text).matches()),
            Map.entry("duration", text -> DURATION.matcher(text).matches()),
            Map.entry("dateTime", SimpleTypes::isDateTime),
            Map.entry("ending", text -> DURATION.matcher(text).matches() || isDateTime(text)),
            Map.entry("anyURI", SimpleTypes::isUri),
            Map.entry("base64", SimpleTypes::isBase64));

    private SimpleTypes() {}

    static boolean knows(String type) {
        return type.startsWith("{") || ALL.containsKey(type);
    }

    /** @param type such as {@code float} or {@code {ON|OFF}} */
    static boolean allows(String type, String text) {
        if (type.startsWith("{")) {
            return List.of(type.substring(1, type.length() - 1).split("\\|")).contains(text);
        }
        return ALL.getOrDefault(type, any -> false).test(text);
    }

    private static boolean isInt(String text) {
        try {
            return !text.isEmpty() && Integer.toString(Integer.parseInt(text)).length() > 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isDateTime(String text) {
        var parts = DATE_TIME.matcher(text);
        try {
            return parts.matches() && LocalDateTime.parse(parts.group(1)).getYear() > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isUri(String text) {
        try {
            return !text.isEmpty() && !new URI(text).toString().isEmpty();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
