package solutions.itms.scs.media.rtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Parameter sets of one kind. A set that comes anew with other content takes the place of the one before. */
final class ParameterSets {
    private static final int MOST = 16;
    private static final int LONGEST = 4_096;

    private final List<byte[]> sets = new ArrayList<>();
    private final int header;
    private boolean changed;

    /** @param header bytes before a set's content */
    ParameterSets(int header) {
        this.header = header;
    }

    void add(byte[] set, boolean single) {
        int length = set.length;
        while (length > 0 && set[length - 1] == 0) {
            length--;
        }
        if (length <= header || length > LONGEST) {
            return;
        }
        byte[] plain = Arrays.copyOf(set, length);
        for (int i = 0; i < sets.size(); i++) {
            if (Arrays.equals(sets.get(i), plain)) {
                return;
            }
            if (single || id(sets.get(i)) == id(plain)) {
                sets.set(i, plain);
                changed = true;
                return;
            }
        }
        if (sets.size() < MOST) {
            sets.add(plain);
            changed = true;
        }
    }

    boolean isEmpty() {
        return sets.isEmpty();
    }

    List<byte[]> all() {
        return sets;
    }

    /** Whether there was a change since this was asked. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** The number of a picture parameter set: the first Exp-Golomb code of its content. */
    private int id(byte[] set) {
        int bits = 0;
        for (int i = 0; i < 4 && header + i < set.length; i++) {
            bits |= (set[header + i] & 0xff) << 24 - 8 * i;
        }
        int zeros = Integer.numberOfLeadingZeros(bits);
        return zeros > 12 ? -1 : (bits << zeros >>> 31 - zeros) - 1;
    }
}
