package solutions.itms.scs.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the server has stored of one epoch of a gateway. It goes to
 * {@code $EDC/<account>/<client-id>/SCS-ACK-V1/PUT/receipts}; the gateway forgets the messages that it covers. A receipt
 * may come twice, late or not at all: each says everything.
 *
 * @param epoch as in {@link Sequence}
 * @param upTo all numbers from 1 to this one are stored, or will never come; 0 = none
 * @param ranges the numbers above it that are stored, ascending
 */
public record Receipt(String epoch, long upTo, List<Range> ranges) {
    /** The application id of receipts. */
    public static final String APP_ID = "SCS-ACK-V1";

    /** The topic levels behind the application id. */
    public static final String SUBJECT = "PUT/receipts";

    /** More ranges than this are not read; the lowest ones say the most. */
    public static final int MAX_RANGES = 10_000;

    private static final String RANGES = "ranges";

    /**
     * Consecutive numbers.
     *
     * @param first the lowest of them
     * @param last the highest of them
     */
    public record Range(long first, long last) {
        public Range {
            if (first < 1 || last < first) {
                throw new IllegalArgumentException("'" + first + "-" + last + "' is no range of numbers");
            }
        }
    }

    public Receipt {
        ranges = List.copyOf(ranges);
        if (epoch.isEmpty() || epoch.length() > 64) {
            throw new IllegalArgumentException("epoch must have 1 to 64 characters");
        }
        if (upTo < 0) {
            throw new IllegalArgumentException("seq must be 0 or more, not " + upTo);
        }
    }

    /** Whether the number is stored. */
    public boolean covers(long seq) {
        if (seq <= upTo) {
            return true;
        }
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Range range = ranges.get(middle);
            if (seq < range.first()) {
                high = middle - 1;
            } else if (seq > range.last()) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /** As it goes over the wire: {@code epoch}, {@code seq} and, where there are any, {@code ranges} like {@code 5-9,12}. */
    public Payload toPayload(Instant now) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put(Sequence.EPOCH, epoch);
        metrics.put(Sequence.SEQ, upTo);
        if (!ranges.isEmpty()) {
            StringBuilder text = new StringBuilder();
            for (Range range : ranges) {
                text.append(text.isEmpty() ? "" : ",").append(range.first());
                if (range.last() > range.first()) {
                    text.append('-').append(range.last());
                }
            }
            metrics.put(RANGES, text.toString());
        }
        return Payload.of(now, metrics);
    }

    /** Reads what {@link #toPayload} wrote; other metrics are ignored. */
    public static Receipt of(Payload payload) throws MalformedPayloadException {
        String epoch = payload.text(Sequence.EPOCH);
        Long upTo = payload.number(Sequence.SEQ);
        if (epoch == null || upTo == null) {
            throw new MalformedPayloadException("a receipt must have epoch and seq");
        }
        String text = payload.text(RANGES);
        try {
            return new Receipt(epoch, upTo, text == null || text.isEmpty() ? List.of() : ranges(text));
        } catch (IllegalArgumentException e) {
            throw new MalformedPayloadException("a receipt with " + e.getMessage(), e);
        }
    }

    private static List<Range> ranges(String text) {
        List<Range> ranges = new ArrayList<>();
        long before = 0;
        for (String part : text.split(",", MAX_RANGES + 1)) {
            if (ranges.size() == MAX_RANGES) {
                break;
            }
            int dash = part.indexOf('-');
            long first = Long.parseLong(dash < 0 ? part : part.substring(0, dash));
            Range range = new Range(first, dash < 0 ? first : Long.parseLong(part.substring(dash + 1)));
            if (first <= before) {
                throw new IllegalArgumentException("ranges that do not ascend at " + first);
            }
            ranges.add(range);
            before = range.last();
        }
        return ranges;
    }
}
