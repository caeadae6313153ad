package solutions.itms.scs.server.artifact;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of a file are wanted.
 *
 * @param last inclusive; before {@code first} when the file is empty
 */
record ByteRange(long first, long last, boolean isPartial) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * Reads a Range header. What is not understood, and more ranges than one, count as the whole file, as RFC 9110 allows.
     *
     * @return null when there are no such bytes
     */
    static @Nullable ByteRange of(@Nullable String header, long size) {
        ByteRange whole = new ByteRange(0, size - 1, false);
        Matcher range = ONE.matcher(header == null ? "" : header);
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return whole;
        }
        if (range.group(1).isEmpty()) {
            long count = Math.min(size, Long.parseLong(range.group(2)));
            return count == 0 ? null : new ByteRange(size - count, size - 1, true);
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(range.group(2)));
        if (!range.group(2).isEmpty() && Long.parseLong(range.group(2)) < first) {
            return whole;
        }
        return first >= size ? null : new ByteRange(first, last, true);
    }

    long length() {
        return last - first + 1;
    }
}
