package solutions.itms.scs.cloud.mqtt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.eclipse.paho.client.mqttv3.MqttException;

/** Who wants to hear what. Thread-safe. */
final class Subscribers {
    /** Takes a message from the cloud: its topic and its bytes. */
    interface Listener extends BiConsumer<String, byte[]> {}

    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    void add(Subscription subscription, Listener listener) {
        entries.add(new Entry(subscription, listener));
    }

    /** Forgets all subscriptions of the listener. */
    void remove(Listener listener) {
        entries.removeIf(entry -> entry.listener.equals(listener));
    }

    /** All topic filters with the highest QoS that anybody wants for each. */
    private Map<String, Integer> filters(Settings settings) {
        Map<String, Integer> filters = new LinkedHashMap<>();
        for (Entry entry : entries) {
            filters.merge(entry.filter(settings), entry.subscription.qos(), Math::max);
        }
        return filters;
    }

    /**
     * Makes what the broker sends over the link into what is wanted.
     *
     * @param subscribed filters that were subscribed to over this link before; will be up to date afterwards
     */
    void update(MqttLink link, Settings settings, Map<String, Integer> subscribed) throws MqttException {
        Map<String, Integer> wanted = filters(settings);
        for (Map.Entry<String, Integer> filter : wanted.entrySet()) {
            if (!filter.getValue().equals(subscribed.put(filter.getKey(), filter.getValue()))) {
                link.subscribe(filter.getKey(), filter.getValue());
            }
        }
        for (String filter : Set.copyOf(subscribed.keySet())) {
            if (!wanted.containsKey(filter)) {
                subscribed.remove(filter);
                link.unsubscribe(filter);
            }
        }
    }

    /** Those who want messages of the topic, each once. */
    List<Listener> of(String topic, Settings settings) {
        return entries.stream()
                .filter(entry -> TopicFilter.matches(entry.filter(settings), topic))
                .map(Entry::listener)
                .distinct()
                .toList();
    }

    /** The application ids that are subscribed to. */
    List<String> applications() {
        return entries.stream().map(entry -> entry.subscription.appId()).toList();
    }

    private record Entry(Subscription subscription, Listener listener) {
        String filter(Settings settings) {
            return subscription.filter(settings.account(), settings.clientId());
        }
    }
}
