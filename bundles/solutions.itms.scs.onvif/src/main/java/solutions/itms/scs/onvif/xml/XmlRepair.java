package solutions.itms.scs.onvif.xml;

import java.util.regex.Pattern;

/** Mends what real devices get wrong: attributes without quotes, bare ampersands, control characters, text around it. */
final class XmlRepair {
    private static final Pattern BARE_AMPERSAND =
            Pattern.compile("&(?!(?:amp|lt|gt|quot|apos|#\\d{1,7}|#x[0-9A-Fa-f]{1,6});)");

    private XmlRepair() {}

    static String repair(String text) {
        int start = text.indexOf('<');
        int end = text.lastIndexOf('>');
        if (start < 0 || end < start) {
            return text;
        }
        String document = BARE_AMPERSAND.matcher(text.substring(start, end + 1)).replaceAll("&amp;");
        return tags(document);
    }

    /** One pass over the text; inside tags every attribute gets its quotes. */
    private static String tags(String text) {
        StringBuilder out = new StringBuilder(text.length() + 64);
        boolean tag = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == '\uFFFE' || c == '\uFFFF') {
                continue;
            }
            out.append(c);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (!tag) {
                tag = c == '<' && i + 1 < text.length() && text.charAt(i + 1) != '!';
            } else if (c == '>') {
                tag = false;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '=') {
                int end = unquotedEnd(text, i + 1);
                if (end > i + 1) {
                    out.append('"').append(text, i + 1, end).append('"');
                    i = end - 1;
                }
            }
        }
        return out.toString();
    }

    /** Where a value without quotes ends; its own start when there is none. */
    private static int unquotedEnd(String text, int from) {
        int at = from;
        while (at < text.length() && " \t\r\n>\"'<".indexOf(text.charAt(at)) < 0) {
            if (text.charAt(at) == '/' && at + 1 < text.length() && text.charAt(at + 1) == '>') {
                break;
            }
            at++;
        }
        return at;
    }
}
