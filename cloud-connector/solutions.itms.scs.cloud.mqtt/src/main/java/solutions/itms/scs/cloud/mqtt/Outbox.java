package solutions.itms.scs.cloud.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * The messages that the broker has not acknowledged yet. A message waits, is in flight from {@link #next} on, and is
 * forgotten once confirmed. Bounded: what does not fit costs the oldest waiting message of the least urgent priority.
 * Thread-safe.
 */
interface Outbox {
    /**
     * A message with its id.
     *
     * @param id unique among all outboxes
     */
    record Entry(String id, Message message) {}

    /**
     * How full it is.
     *
     * @param waiting messages to be sent
     * @param inFlight messages sent and not confirmed
     * @param dropped messages lost for want of room since it was made
     */
    record Counts(int waiting, int inFlight, long dropped) {}

    /** Takes a message and returns its id. */
    String add(Message message);

    /** The most urgent waiting message, the oldest among equals, which now is in flight; null when none waits. */
    @Nullable
    Entry next();

    /** Forgets a message, in flight or not. An unknown id is ignored. */
    void confirm(String id);

    /** Puts all messages in flight back to their places among the waiting ones. */
    void returnAll();

    Counts counts();

    /** Changes how many messages, waiting and in flight, there may be. */
    void limit(int messages);
}
