package solutions.itms.scs.testkit;

/** Ways in which a simulated gate misbehaves. */
public enum GateFault {
    /** None: a heartbeat in time, each one valid. */
    NONE,
    /** Sends nothing. */
    SILENT,
    /** Sends its request byte by byte. */
    SLOW,
    /** Sends JSON that is cut off in the middle. */
    MALFORMED,
    /** Its clock is an hour ahead. */
    CLOCK_AHEAD,
    /** Sends without a time. */
    NO_CLOCK,
    /** Reports a status that does not exist. */
    WRONG_STATUS,
    /** Sends under the id of the first gate of its fleet. */
    DUPLICATE_ID,
    /** Opens a connection, sends half of a request and leaves it at that. */
    HALF_OPEN
}
