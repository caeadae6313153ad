package solutions.itms.scs.station;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import solutions.itms.scs.api.settings.Options;

/** How many files this process may have open: connections are files, too, and must leave some for the rest. */
final class OpenFileLimit {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final int FOR_THE_REST = 256;

    private OpenFileLimit() {}

    /** A number of connections as {@link Options#number} reads it, but no more than the system allows. */
    static int fit(Options options, String name, int min, int max, int standard) {
        int wanted = options.number(name, min, max, standard);
        long possible = Math.max(min, limit(LIMITS) - FOR_THE_REST);
        if (wanted <= possible) {
            return wanted;
        }
        options.problem(name + " is " + wanted + ", but this process may have " + limit(LIMITS) + " files open: using "
                + possible + "; raise its limit (LimitNOFILE of systemd, ulimit -n)");
        return (int) possible;
    }

    /** The limit that holds now; a very large one where none is known. */
    static long limit(Path limits) {
        try {
            for (String line : Files.readAllLines(limits, StandardCharsets.US_ASCII)) {
                if (line.startsWith("Max open files")) {
                    String soft =
                            line.substring("Max open files".length()).strip().split("\\s+")[0];
                    return soft.equals("unlimited") ? Integer.MAX_VALUE : Long.parseLong(soft);
                }
            }
        } catch (IOException | NumberFormatException e) {
            // no Linux
        }
        return Integer.MAX_VALUE;
    }
}
