package solutions.itms.scs.cloud.mqtt.outbox;

/**
 * Keys of queued messages: the priority above a number that grows, so that the order of the keys is the order of sending
 * and no index is needed beside the primary one.
 */
public final class Keys {
    /** The least urgent priority that is told apart. */
    public static final int LEAST_URGENT = 9;

    static final int PRIORITIES = LEAST_URGENT + 1;

    /** Results of commands: never dropped, refused when there is no room. */
    static final int KEPT = 2;

    private static final int SHIFT = 56;
    private static final int[] DROP_ORDER = {9, 8, 7, 6, 5, 4, 3, 1, 0};

    private Keys() {}

    static int priority(int wanted) {
        return Math.min(wanted, LEAST_URGENT);
    }

    static long key(int priority, long number) {
        return (long) priority << SHIFT | number;
    }

    /** Below all keys of the priority. */
    static long before(int priority) {
        return (long) priority << SHIFT;
    }

    static int priorityOf(long key) {
        return (int) (key >>> SHIFT);
    }

    static long numberOf(long key) {
        return key & ((1L << SHIFT) - 1);
    }

    /** The priorities that may be dropped in favour of this one, first the one that goes first. */
    static int[] droppableFor(int priority) {
        int count = 0;
        for (int candidate : DROP_ORDER) {
            count += priority == KEPT || candidate >= priority ? 1 : 0;
        }
        return java.util.Arrays.copyOf(DROP_ORDER, count);
    }
}
