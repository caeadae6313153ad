package solutions.itms.scs.artifact;

import java.time.Duration;
import solutions.itms.scs.api.settings.Options;

/**
 * How files are kept and uploaded.
 *
 * @param spoolBytes of all files together that have not reached the server
 * @param fileBytes of one file
 * @param files that may wait
 * @param keep how long a file waits for the server
 * @param parallel uploads at the same time
 * @param bytesPerSecond of all uploads together; 0 = as fast as it goes
 */
record Settings(long spoolBytes, long fileBytes, int files, Duration keep, int parallel, long bytesPerSecond) {
    static final int SPOOL = 2_048;
    static final int MAX_SPOOL = 1_048_576;
    static final int FILE = 2_048;
    static final int FILES = 1_000;
    static final int MAX_FILES = 100_000;
    static final int KEEP = 7;
    static final int MAX_KEEP = 90;
    static final int PARALLEL = 2;
    static final int MAX_PARALLEL = 8;
    static final int MAX_RATE = 1_000_000;

    private static final long MIB = 1024 * 1024;
    private static final long KBIT = 125;

    static Settings of(Options options) {
        return new Settings(
                MIB * options.number("spool.megabytes", 1, MAX_SPOOL, SPOOL),
                MIB * options.number("file.megabytes", 1, MAX_SPOOL, FILE),
                options.number("spool.files", 1, MAX_FILES, FILES),
                Duration.ofDays(options.number("spool.days", 1, MAX_KEEP, KEEP)),
                options.number("parallel", 1, MAX_PARALLEL, PARALLEL),
                KBIT * options.number("bandwidth.kbits", 0, MAX_RATE, 0));
    }
}
