package solutions.itms.scs.cloud.mqtt;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An outbox that is lost with the process. */
final class InMemoryOutbox implements Outbox {
    private final TreeMap<Place, Message> waiting = new TreeMap<>();
    private final Map<String, InFlight> inFlight = new HashMap<>();
    private final String epoch;
    private final long maxBytes;
    private int maxMessages;
    private long bytes;
    private long lastNumber;
    private long dropped;

    /**
     * @param epoch distinguishes the ids of this outbox from those of others
     * @param maxMessages how many messages there may be
     * @param maxBytes how much memory they may take
     */
    InMemoryOutbox(String epoch, int maxMessages, long maxBytes) {
        this.epoch = epoch;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    @Override
    public synchronized String add(Message message) {
        Place place = new Place(message.priority(), ++lastNumber);
        waiting.put(place, message);
        bytes += message.size();
        dropUntilItFits();
        return id(place);
    }

    @Override
    public synchronized @Nullable Entry next() {
        Map.Entry<Place, Message> first = waiting.pollFirstEntry();
        if (first == null) {
            return null;
        }
        String id = id(first.getKey());
        inFlight.put(id, new InFlight(first.getKey(), first.getValue()));
        return new Entry(id, first.getValue());
    }

    @Override
    public synchronized void confirm(String id) {
        InFlight sent = inFlight.remove(id);
        if (sent != null) {
            bytes -= sent.message.size();
            return;
        }
        // An acknowledgement that crossed a lost connection: few, so a search will do.
        waiting.keySet().stream()
                .filter(place -> id(place).equals(id))
                .findFirst()
                .ifPresent(this::remove);
    }

    @Override
    public synchronized void returnAll() {
        inFlight.values().forEach(sent -> waiting.put(sent.place, sent.message));
        inFlight.clear();
    }

    @Override
    public synchronized Counts counts() {
        return new Counts(waiting.size(), inFlight.size(), dropped);
    }

    @Override
    public synchronized void limit(int messages) {
        maxMessages = messages;
        dropUntilItFits();
    }

    private void dropUntilItFits() {
        while (!waiting.isEmpty() && (waiting.size() + inFlight.size() > maxMessages || bytes > maxBytes)) {
            int leastUrgent = waiting.lastKey().priority;
            remove(waiting.ceilingKey(new Place(leastUrgent, 0)));
            dropped++;
        }
    }

    private void remove(Place place) {
        Message message = waiting.remove(place);
        if (message != null) {
            bytes -= message.size();
        }
    }

    private String id(Place place) {
        return epoch + "-" + place.number;
    }

    private record InFlight(Place place, Message message) {}

    private record Place(int priority, long number) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparingInt(Place::priority).thenComparingLong(Place::number);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }
}
