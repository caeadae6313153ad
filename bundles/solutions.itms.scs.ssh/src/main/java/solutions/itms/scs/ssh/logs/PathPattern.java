package solutions.itms.scs.ssh.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Files of a gate: an absolute path, in which {@code *} stands for any characters of one name and {@code ?} for one.
 * What is before the first of these is the root, which no file may lead out of, not even by a link.
 *
 * @param text as it is in the catalogue
 * @param root a folder, absolute, without an end slash but for {@code /} itself
 * @param names the names below it, one for each level, the last one that of the files; at least one
 */
public record PathPattern(String text, String root, List<Pattern> names) {
    private static final int MAX_LEVELS = 4;

    public PathPattern {
        names = List.copyOf(names);
    }

    /** @throws IllegalArgumentException with what is allowed, when it is no such path */
    public static PathPattern of(String text) {
        String[] parts = text.substring(1).split("/", -1);
        int fixed = 0;
        while (fixed < parts.length - 1 && !isWild(parts[fixed])) {
            fixed++;
        }
        if (parts.length - fixed > MAX_LEVELS) {
            throw new IllegalArgumentException("must not have more than " + MAX_LEVELS + " names from the first * on");
        }
        StringBuilder root = new StringBuilder();
        List<Pattern> names = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isEmpty() || parts[i].equals(".") || parts[i].equals("..") || parts[i].contains("**")) {
                throw new IllegalArgumentException("must be an absolute path without //, /./, /../ and **");
            }
            if (i < fixed) {
                root.append('/').append(parts[i]);
            } else {
                names.add(pattern(parts[i]));
            }
        }
        return new PathPattern(text, root.length() == 0 ? "/" : root.toString(), names);
    }

    /** Whether a file, by its real path, is within the real path of the root. */
    static boolean isWithin(String realRoot, String realPath) {
        String folder = realRoot.endsWith("/") ? realRoot : realRoot + "/";
        return realPath.startsWith(folder) && realPath.length() > folder.length();
    }

    private static boolean isWild(String name) {
        return name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
    }

    private static Pattern pattern(String name) {
        StringBuilder regex = new StringBuilder();
        for (char c : name.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
