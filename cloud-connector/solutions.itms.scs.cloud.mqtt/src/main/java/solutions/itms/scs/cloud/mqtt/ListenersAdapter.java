package solutions.itms.scs.cloud.mqtt;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;

/** Passes on what a connection reports, to each listener for itself. Thread-safe. */
final class ListenersAdapter implements SessionListener {
    private final Set<CloudConnectionListener> connectionListeners = new CopyOnWriteArraySet<>();
    private final Set<CloudDeliveryListener> deliveryListeners = new CopyOnWriteArraySet<>();

    void add(CloudConnectionListener listener) {
        connectionListeners.add(listener);
    }

    void remove(CloudConnectionListener listener) {
        connectionListeners.remove(listener);
    }

    void add(CloudDeliveryListener listener) {
        deliveryListeners.add(listener);
    }

    void remove(CloudDeliveryListener listener) {
        deliveryListeners.remove(listener);
    }

    /** The cloud has the message. */
    void confirmed(String id) {
        deliveryListeners.forEach(listener -> Notifier.isolated(() -> listener.onMessageConfirmed(id)));
    }

    @Override
    public void established() {
        tell(CloudConnectionListener::onConnectionEstablished);
    }

    @Override
    public void lost() {
        tell(CloudConnectionListener::onConnectionLost);
    }

    @Override
    public void disconnected() {
        tell(CloudConnectionListener::onDisconnected);
    }

    private void tell(Consumer<CloudConnectionListener> news) {
        connectionListeners.forEach(listener -> Notifier.isolated(() -> news.accept(listener)));
    }
}
