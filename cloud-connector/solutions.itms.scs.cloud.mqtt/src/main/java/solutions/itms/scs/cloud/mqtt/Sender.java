package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.paho.client.mqttv3.MqttException;
import solutions.itms.scs.cloud.mqtt.outbox.Entry;
import solutions.itms.scs.cloud.mqtt.outbox.Outbox;

/**
 * Moves messages from the outbox to the link: no more of them in flight than the window allows, and not faster than the
 * pace allows.
 */
final class Sender {
    /** Payloads in flight are in memory; beyond this they go one by one. */
    private static final long MAX_BYTES_IN_FLIGHT = 4L * 1024 * 1024;

    private final Outbox outbox;
    private final Pace pace = new Pace(System::nanoTime, ThreadLocalRandom.current());
    private volatile long lastProgressNanos;

    Sender(Outbox outbox) {
        this.outbox = outbox;
    }

    void set(Pacing pacing) {
        pace.set(pacing);
    }

    void connected() {
        pace.connected(outbox.queued());
        progressed();
    }

    /**
     * Sends until the window is full or nothing may be sent.
     *
     * @return after which time more may be sent; zero when an acknowledgement or a new message will tell
     */
    Duration send(MqttLink link, Settings settings) throws MqttException {
        while (true) {
            int inFlight = outbox.inFlight();
            if (inFlight >= settings.window() || (inFlight > 0 && outbox.inFlightBytes() > MAX_BYTES_IN_FLIGHT)) {
                return Duration.ZERO;
            }
            if (inFlight == 0) {
                progressed();
            }
            long wait = pace.waitNanos();
            Entry entry = outbox.next(wait == 0 ? Pace.ALL : Pace.URGENT);
            if (entry == null) {
                return outbox.queued() > inFlight ? Duration.ofNanos(wait) : Duration.ZERO;
            }
            pace.spend(entry.message().payload().length);
            link.send(entry, entry.message().topic(settings.account(), settings.clientId()));
        }
    }

    /** The broker has the message. */
    void delivered(Entry entry) {
        outbox.acknowledged(entry.key());
        progressed();
    }

    /** Whether messages are in flight, but none was acknowledged for that long. */
    boolean isStuck(Duration patience) {
        return outbox.inFlight() > 0 && System.nanoTime() - lastProgressNanos > patience.toNanos();
    }

    private void progressed() {
        lastProgressNanos = System.nanoTime();
    }
}
