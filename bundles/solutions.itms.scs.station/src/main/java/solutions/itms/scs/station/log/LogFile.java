package solutions.itms.scs.station.log;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A file of the log, as a list shows it.
 *
 * @param path names it to {@link LogReader#open}: folder and file, such as {@code app/2025-08-14.log}
 * @param day the station's local date that it is of
 * @param bytes its size on the disk
 * @param modified when it was last written
 */
public record LogFile(String path, LocalDate day, long bytes, Instant modified) {}
