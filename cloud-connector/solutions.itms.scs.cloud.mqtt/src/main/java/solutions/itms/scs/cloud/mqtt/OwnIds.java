package solutions.itms.scs.cloud.mqtt;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ids of messages that one publisher has sent and that are not confirmed yet. Thread-safe. */
final class OwnIds {
    /** Messages that the queue drops are never confirmed, so their ids must go at some time. */
    private static final int MAX_PENDING = 100_000;

    private final Map<String, Boolean> pending = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_PENDING;
        }
    };

    /** Hands a message over; returns its id; null when it won't be confirmed. */
    interface Send<E extends Exception> {
        @Nullable
        String send() throws E;
    }

    /** Sends, and remembers the id before {@link #settle} can ask for it: the confirmation may come at once. */
    synchronized <E extends Exception> @Nullable String issue(Send<E> send) throws E {
        String id = send.send();
        if (id != null) {
            pending.put(id, true);
        }
        return id;
    }

    /** Whether the id was one of ours and not confirmed before. */
    synchronized boolean settle(String id) {
        return pending.remove(id) != null;
    }
}
