package solutions.itms.scs.ssh.logs;

import java.util.List;

/**
 * What one collection brought.
 *
 * @param files how many files had something new
 * @param bytes of the logs as the gate has them
 * @param whole whether everything was fetched that is configured
 * @param notes what was not, or looks odd, in words
 * @param refused what the gate had in the place of a log, and must not: links that lead elsewhere
 */
public record Collected(int files, long bytes, boolean whole, List<String> notes, List<String> refused) {
    public Collected {
        notes = List.copyOf(notes);
        refused = List.copyOf(refused);
    }
}
