package solutions.itms.scs.cloud.mqtt;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** The application ids that this connection is used for, which birth messages tell. Thread-safe. */
final class Applications {
    private static final int MAX_PUBLISHING = 200;

    private final Set<String> publishing = new ConcurrentSkipListSet<>();
    private final Subscribers subscribers;

    Applications(Subscribers subscribers) {
        this.subscribers = subscribers;
    }

    /** Notes that the application publishes; says whether that is news. */
    boolean publishes(String appId) {
        return !publishing.contains(appId) && publishing.size() < MAX_PUBLISHING && publishing.add(appId);
    }

    /** All ids, comma-separated. */
    String ids() {
        Set<String> ids = new TreeSet<>(publishing);
        ids.addAll(subscribers.applications());
        return String.join(",", ids);
    }
}
