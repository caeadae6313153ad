package solutions.itms.scs.station;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Addresses and ranges of addresses, such as {@code 192.168.1.0/24} or {@code fd00::/8}. Immutable. */
final class AddressList {
    private static final int BITS = 128;
    private static final int IPV4_OFFSET = 96;

    private final Set<String> single;
    private final List<Range> ranges;

    private AddressList(Set<String> single, List<Range> ranges) {
        this.single = Set.copyOf(single);
        this.ranges = List.copyOf(ranges);
    }

    /** Tells of an entry that is no address. */
    @FunctionalInterface
    interface Problem {
        void of(String entry);
    }

    /** Reads entries between commas or blanks; what is no address or range is left out and told. */
    static AddressList of(String text, Problem problem) {
        Set<String> single = new HashSet<>();
        List<Range> ranges = new ArrayList<>();
        for (String entry : text.split("[,\\s]+")) {
            if (entry.isEmpty()) {
                continue;
            }
            String address = IpLiteral.canonical(entry);
            Range range = address == null ? Range.of(entry) : null;
            if (address != null) {
                single.add(address);
            } else if (range != null) {
                ranges.add(range);
            } else {
                problem.of(entry);
            }
        }
        return new AddressList(single, ranges);
    }

    boolean isEmpty() {
        return single.isEmpty() && ranges.isEmpty();
    }

    /** How many entries it has. */
    int size() {
        return single.size() + ranges.size();
    }

    /** This list and these addresses, in canonical form. */
    AddressList with(List<String> addresses) {
        Set<String> more = new HashSet<>(single);
        more.addAll(addresses);
        return new AddressList(more, ranges);
    }

    /** Whether an address in canonical form is in it. */
    boolean contains(String address) {
        if (single.contains(address)) {
            return true;
        }
        int[] groups = ranges.isEmpty() ? null : IpLiteral.groups(address);
        return groups != null && ranges.stream().anyMatch(range -> range.contains(groups));
    }

    private static final class Range {
        private final int[] base;
        private final int prefix;

        Range(int[] base, int prefix) {
            this.base = base;
            this.prefix = prefix;
        }

        static @Nullable Range of(String text) {
            int slash = text.indexOf('/');
            int[] base = slash < 0 ? null : IpLiteral.groups(text.substring(0, slash));
            String digits = text.substring(slash + 1);
            if (base == null
                    || digits.isEmpty()
                    || digits.length() > 3
                    || !digits.chars().allMatch(Range::isDigit)) {
                return null;
            }
            int prefix = Integer.parseInt(digits) + (text.indexOf(':') < 0 ? IPV4_OFFSET : 0);
            return prefix <= BITS ? new Range(base, prefix) : null;
        }

        private static boolean isDigit(int c) {
            return c >= '0' && c <= '9';
        }

        boolean contains(int[] address) {
            int whole = prefix / 16;
            if (!Arrays.equals(base, 0, whole, address, 0, whole)) {
                return false;
            }
            int rest = prefix % 16;
            return rest == 0 || (base[whole] ^ address[whole]) >> (16 - rest) == 0;
        }
    }
}
