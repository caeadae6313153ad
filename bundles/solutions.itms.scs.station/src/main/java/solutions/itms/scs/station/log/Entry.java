package solutions.itms.scs.station.log;

import java.time.Instant;

/**
 * One thing to write.
 *
 * @param name id of the device; empty for the other folders
 */
record Entry(Instant at, Level level, Folder folder, String name, String text) {}
