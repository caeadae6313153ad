package solutions.itms.scs.station;

import org.jspecify.annotations.Nullable;

/**
 * Parses address literals without ever asking a name server, and writes them in one canonical form (RFC 5952; an
 * IPv4-mapped IPv6 address as IPv4).
 */
final class IpLiteral {
    private IpLiteral() {}

    /** The canonical form; null when the text is no IPv4 or IPv6 literal. Zone ids and leading zeros are refused. */
    static @Nullable String canonical(String text) {
        if (ipv4(text) != null) {
            return text;
        }
        int[] groups = groups(text);
        return groups == null ? null : format(groups);
    }

    /** The eight 16-bit groups of the address, IPv4 as IPv4-mapped IPv6; null when the text is no literal. */
    static int @Nullable [] groups(String text) {
        if (text.length() > 45) {
            return null;
        }
        return text.indexOf(':') >= 0 ? ipv6(text) : mapped(ipv4(text));
    }

    private static int @Nullable [] ipv4(String text) {
        int[] bytes = new int[4];
        int at = 0;
        for (int i = 0; i < 4; i++) {
            int from = at;
            int value = 0;
            while (at < text.length() && at - from < 3 && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                value = value * 10 + text.charAt(at++) - '0';
            }
            boolean ends = i < 3 ? at < text.length() && text.charAt(at) == '.' : at == text.length();
            if (at == from || value > 255 || (at - from > 1 && text.charAt(from) == '0') || !ends) {
                return null;
            }
            bytes[i] = value;
            at++;
        }
        return bytes;
    }

    private static int @Nullable [] mapped(int @Nullable [] v4) {
        return v4 == null ? null : new int[] {0, 0, 0, 0, 0, 0xFFFF, v4[0] << 8 | v4[1], v4[2] << 8 | v4[3]};
    }

    private static int @Nullable [] ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        if (gap < 0) {
            int[] all = groups(text, true);
            return all != null && all.length == 8 ? all : null;
        }
        int[] head = groups(text.substring(0, gap), false);
        int[] tail = groups(text.substring(gap + 2), true);
        if (head == null || tail == null || head.length + tail.length > 7) {
            return null;
        }
        int[] all = new int[8];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(tail, 0, all, 8 - tail.length, tail.length);
        return all;
    }

    /** The groups between single colons; the last may be an IPv4 address, which makes two groups. */
    private static int @Nullable [] groups(String text, boolean last) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] parts = text.split(":", -1);
        int[] v4 = last ? ipv4(parts[parts.length - 1]) : null;
        int words = v4 == null ? parts.length : parts.length - 1;
        int[] all = new int[v4 == null ? words : words + 2];
        if (all.length > 8) {
            return null;
        }
        for (int i = 0; i < words; i++) {
            String part = parts[i];
            if (part.isEmpty()
                    || part.length() > 4
                    || !part.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
                return null;
            }
            all[i] = Integer.parseInt(part, 16);
        }
        if (v4 != null) {
            all[words] = v4[0] << 8 | v4[1];
            all[words + 1] = v4[2] << 8 | v4[3];
        }
        return all;
    }

    private static String format(int[] g) {
        if ((g[0] | g[1] | g[2] | g[3] | g[4]) == 0 && g[5] == 0xFFFF) {
            return (g[6] >> 8) + "." + (g[6] & 0xFF) + "." + (g[7] >> 8) + "." + (g[7] & 0xFF);
        }
        int bestStart = -1;
        int bestLength = 1; // a single zero group is not shortened
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && g[i + length] == 0) {
                length++;
            }
            if (length > bestLength) {
                bestStart = i;
                bestLength = length;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                out.append("::");
                i += bestLength - 1;
            } else {
                if (out.length() > 0 && out.charAt(out.length() - 1) != ':') {
                    out.append(':');
                }
                out.append(Integer.toHexString(g[i]));
            }
        }
        return out.toString();
    }
}
