package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;
import org.eclipse.paho.client.mqttv3.MqttException;

/** Moves messages from the outbox to the link, with no more of them in flight than the window allows. */
final class Pump {
    private final Outbox outbox;
    private volatile long lastProgressNanos;

    Pump(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Sends until the window is full or nothing waits. */
    void send(MqttLink link, Settings settings) throws MqttException {
        while (true) {
            int inFlight = outbox.counts().inFlight();
            if (inFlight >= settings.window()) {
                return;
            }
            if (inFlight == 0) {
                progressed();
            }
            Outbox.Entry entry = outbox.next();
            if (entry == null) {
                return;
            }
            link.send(entry, entry.message().topic(settings.account(), settings.clientId()));
        }
    }

    /** The broker has the message. */
    void delivered(Outbox.Entry entry) {
        outbox.confirm(entry.id());
        progressed();
    }

    /** Whether messages are in flight, but none was acknowledged for that long. */
    boolean isStuck(Duration patience) {
        return outbox.counts().inFlight() > 0 && System.nanoTime() - lastProgressNanos > patience.toNanos();
    }

    private void progressed() {
        lastProgressNanos = System.nanoTime();
    }
}
