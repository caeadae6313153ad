package solutions.itms.scs.server.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The numbers taken of one epoch near those that a batch brings, as ranges that neither touch nor overlap, and what has
 * changed about them. For one thread.
 */
final class NumberRanges {
    private final TreeMap<Long, Long> lastByFirst = new TreeMap<>();
    private final Set<Long> stored = new TreeSet<>();
    private final Set<Long> changed = new TreeSet<>();

    /** A range. */
    record Range(long first, long last) {}

    /** One that is in the database. */
    void load(long first, long last) {
        lastByFirst.put(first, last);
        stored.add(first);
    }

    /** @return false when a range has the number already */
    boolean add(long number) {
        Map.Entry<Long, Long> below = lastByFirst.floorEntry(number);
        if (below != null && below.getValue() >= number) {
            return false;
        }
        Long lastOfAbove = number == Long.MAX_VALUE ? null : lastByFirst.get(number + 1);
        if (lastOfAbove != null) {
            remove(number + 1);
        }
        long first = below != null && below.getValue() == number - 1 ? below.getKey() : number;
        lastByFirst.put(first, lastOfAbove == null ? number : lastOfAbove);
        changed.add(first);
        return true;
    }

    /** Ranges that are in the database under their first number, and end elsewhere now. */
    List<Range> extended() {
        return changed(true);
    }

    /** Ranges that the database does not have. */
    List<Range> added() {
        return changed(false);
    }

    /** First numbers of ranges that the database has, and that have become part of others. */
    List<Long> removed() {
        return stored.stream().filter(first -> !lastByFirst.containsKey(first)).toList();
    }

    private List<Range> changed(boolean isStored) {
        List<Range> ranges = new ArrayList<>();
        for (Long first : changed) {
            Long last = lastByFirst.get(first);
            if (last != null && stored.contains(first) == isStored) {
                ranges.add(new Range(first, last));
            }
        }
        return ranges;
    }

    private void remove(long first) {
        lastByFirst.remove(first);
        changed.remove(first);
    }
}
