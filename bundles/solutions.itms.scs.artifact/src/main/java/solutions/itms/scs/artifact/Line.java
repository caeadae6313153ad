package solutions.itms.scs.artifact;

/**
 * What was seen of the way to the server. Where it is quick a file goes in one request, whose signed hash is the file's own:
 * neither end has to make another one. Thread-safe.
 */
final class Line {
    /** A request is given a minute; half of it is left for a line that slows down. */
    private static final long SECONDS = 30;

    private long bytesPerSecond;
    private boolean refused;

    /** Notes that so many bytes were taken in that time. */
    synchronized void passed(long bytes, long nanos) {
        bytesPerSecond = (long) (bytes / (Math.max(1, nanos) / 1e9));
    }

    /** Notes that a request broke; nothing is known of the line then. */
    synchronized void broke() {
        bytesPerSecond = 0;
    }

    /** Notes that something on the way takes no large requests. */
    synchronized void refusedLarge() {
        refused = true;
    }

    /** Whether a file of this size may go in one request. */
    synchronized boolean takesWhole(long size) {
        return !refused && size <= bytesPerSecond * SECONDS;
    }
}
