package solutions.itms.scs.cloud.mqtt;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.configuration.ConfigurationService;
import org.jspecify.annotations.Nullable;

/**
 * Which of the endpoints a publisher or subscriber works with: the one that is named, or the only one there is. Its news
 * are passed on, and a listener that registers while it is up is told so at once. Thread-safe.
 */
final class EndpointChoiceAdapter implements CloudConnectionListener {
    private final Map<CloudEndpoint, String> endpoints = new ConcurrentHashMap<>();
    private final Set<CloudConnectionListener> listeners = new CopyOnWriteArraySet<>();
    private final Consumer<CloudEndpoint> attach;
    private final Consumer<CloudEndpoint> detach;
    private @Nullable String wanted;
    private volatile @Nullable CloudEndpoint chosen;

    /**
     * @param attach called with an endpoint that is chosen from now on
     * @param detach called with an endpoint that is chosen no more
     */
    EndpointChoiceAdapter(Consumer<CloudEndpoint> attach, Consumer<CloudEndpoint> detach) {
        this.attach = attach;
        this.detach = detach;
    }

    /** Null while there is none, or none can be chosen. */
    @Nullable
    CloudEndpoint chosen() {
        return chosen;
    }

    /** @param pid its kura.service.pid; empty = the only one there is */
    void choose(String pid) {
        synchronized (this) {
            wanted = pid;
        }
        update();
    }

    void chooseNone() {
        synchronized (this) {
            wanted = null;
        }
        update();
    }

    void add(CloudEndpoint added, Map<String, Object> properties) {
        Object pid = properties.get(ConfigurationService.KURA_SERVICE_PID);
        endpoints.put(added, String.valueOf(pid == null ? properties.get("service.pid") : pid));
        update();
    }

    void remove(CloudEndpoint removed) {
        endpoints.remove(removed);
        update();
    }

    private void update() {
        if (change() && isUp()) {
            onConnectionEstablished();
        }
    }

    /** Takes the endpoint that is meant, listens to no other, and says whether it is another one than before. */
    private synchronized boolean change() {
        CloudEndpoint next = meant();
        CloudEndpoint before = chosen;
        if (next == before) {
            return false;
        }
        chosen = next;
        if (before != null) {
            detach.accept(before);
            if (before instanceof CloudConnectionManager manager) {
                manager.unregisterCloudConnectionListener(this);
            }
        }
        if (next != null) {
            attach.accept(next);
            if (next instanceof CloudConnectionManager manager) {
                manager.registerCloudConnectionListener(this);
            }
        }
        return true;
    }

    private @Nullable CloudEndpoint meant() {
        String pid = wanted;
        if (pid == null) {
            return null;
        }
        if (pid.isEmpty()) {
            return endpoints.size() == 1 ? endpoints.keySet().iterator().next() : null;
        }
        return endpoints.entrySet().stream()
                .filter(entry -> entry.getValue().equals(pid))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private boolean isUp() {
        return chosen instanceof CloudConnectionManager manager && manager.isConnected();
    }

    void add(CloudConnectionListener listener) {
        if (listeners.add(listener) && isUp()) {
            Notifier.isolated(listener::onConnectionEstablished);
        }
    }

    void remove(CloudConnectionListener listener) {
        listeners.remove(listener);
    }

    @Override
    public void onConnectionEstablished() {
        tell(CloudConnectionListener::onConnectionEstablished);
    }

    @Override
    public void onConnectionLost() {
        tell(CloudConnectionListener::onConnectionLost);
    }

    @Override
    public void onDisconnected() {
        tell(CloudConnectionListener::onDisconnected);
    }

    private void tell(Consumer<CloudConnectionListener> news) {
        listeners.forEach(listener -> Notifier.isolated(() -> news.accept(listener)));
    }
}
