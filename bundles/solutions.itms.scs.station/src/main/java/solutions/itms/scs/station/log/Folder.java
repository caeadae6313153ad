package solutions.itms.scs.station.log;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The folders of the log, and how files are named in each. */
enum Folder {
    /** What the station does: a file a day. */
    APP,
    /** Requests: a file a day. */
    HTTP,
    /** A file for each device, which has no date on its own day. */
    DEVICES;

    private static final Pattern OF_A_DAY = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(\\.part)?\\.log(\\.gz)?");
    private static final Pattern OF_A_DEVICE =
            Pattern.compile("[a-z0-9._%~-]+?(?:\\.(\\d{4}-\\d{2}-\\d{2}))?\\.log(\\.gz)?");

    private final String directory = name().toLowerCase(Locale.ROOT);

    String directory() {
        return directory;
    }

    /** Name of the file that is written to. */
    String current(String device, LocalDate day) {
        return this == DEVICES ? SafeName.of(device) + ".log" : day + ".log";
    }

    /** Name of a finished file, given that of the one which was written to. */
    String finished(String current, LocalDate day) {
        String base = current.substring(0, current.length() - ".log".length());
        return this == DEVICES ? base + "." + day + ".log" : base + ".part.log";
    }

    /** What a file of that name is; null when it is none of ours. */
    @Nullable
    Named parse(String file) {
        Matcher m = (this == DEVICES ? OF_A_DEVICE : OF_A_DAY).matcher(file);
        if (!m.matches() || file.length() > 255) {
            return null;
        }
        boolean compressed = file.endsWith(".gz");
        boolean whole = this == DEVICES ? m.group(1) == null : m.group(2) == null;
        if (m.group(1) == null) {
            return compressed ? null : new Named(null, false, true);
        }
        try {
            return new Named(LocalDate.parse(m.group(1)), compressed, whole && !compressed);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * What a name tells.
     *
     * @param day the file's day; null for the file of a device's own day
     * @param compressed whether it is compressed
     * @param writable whether lines may still come when its day is today
     */
    record Named(@Nullable LocalDate day, boolean compressed, boolean writable) {}
}
