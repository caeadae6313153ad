package solutions.itms.scs.nvr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A span of time with data. @param to its end; later than from */
record Segment(Instant from, Instant to) {
    /** The same spans in order, those joined that overlap or touch. */
    static List<Segment> union(List<Segment> spans) {
        List<Segment> all = new ArrayList<>();
        spans.stream()
                .filter(span -> span.from.isBefore(span.to))
                .sorted(Comparator.comparing(Segment::from))
                .forEach(span -> {
                    Segment last = all.isEmpty() ? null : all.get(all.size() - 1);
                    if (last == null || span.from.isAfter(last.to)) {
                        all.add(span);
                    } else if (span.to.isAfter(last.to)) {
                        all.set(all.size() - 1, new Segment(last.from, span.to));
                    }
                });
        return all;
    }

    /** How long they are together. */
    static Duration length(List<Segment> spans) {
        return spans.stream().map(span -> Duration.between(span.from, span.to)).reduce(Duration.ZERO, Duration::plus);
    }
}
