package solutions.itms.scs.server.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import solutions.itms.scs.server.device.GatewayIdentity;

/**
 * Who is to be told what was stored: whoever sent something, at most once a second. Bounded by the number of gateways
 * and of their epochs. Thread-safe.
 */
final class DueReceipts {
    private static final long PERIOD_NANOS = 1_000_000_000L;

    private final LongSupplier nanos;
    private final Map<Key, Span> touched = new HashMap<>();
    private final Map<String, Long> told = new HashMap<>();

    /** @param nanos a clock that never jumps */
    DueReceipts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Key(GatewayIdentity gateway, String epoch) {}

    /**
     * Numbers that were sent since the last receipt, stored then or before; a gateway that sends one again has missed
     * its receipt.
     */
    record Span(GatewayIdentity gateway, String epoch, long epochId, long lowest, long highest) {
        Span with(Span other) {
            return new Span(
                    gateway, epoch, other.epochId, Math.min(lowest, other.lowest), Math.max(highest, other.highest));
        }
    }

    /** These were committed. */
    synchronized void touch(Collection<Span> spans) {
        for (Span span : spans) {
            touched.merge(new Key(span.gateway(), span.epoch()), span, Span::with);
        }
    }

    /** Whose receipts are due; they are not any more. */
    synchronized List<Span> take() {
        long now = nanos.getAsLong();
        told.values().removeIf(at -> now - at >= PERIOD_NANOS);
        List<Span> due = new ArrayList<>();
        for (Iterator<Span> spans = touched.values().iterator(); spans.hasNext(); ) {
            Span span = spans.next();
            if (!told.containsKey(span.gateway().id())) {
                due.add(span);
                spans.remove();
            }
        }
        due.forEach(span -> told.put(span.gateway().id(), now));
        return due;
    }
}
