package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;

/** Tells a dead connection from a quiet one: half-open lines look alive for as long as nobody listens. Stateless. */
final class Watchdog {
    /** From a silence of this many keep-alives on, the peer is taken for dead; it was asked after one. */
    private static final double DEAD_AFTER = 1.4;

    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);

    private Watchdog() {}

    /** Whether the broker is silent though it was asked, or has not acknowledged anything for long. */
    static boolean isDead(MqttLink link, Sender sender, Settings settings) {
        Duration patience = settings.keepAlive().multipliedBy(2).plus(settings.connectTimeout());
        return link.silence().toMillis() > settings.keepAlive().toMillis() * DEAD_AFTER || sender.isStuck(patience);
    }

    /** Whether it should be asked for a sign of life. */
    static boolean isQuiet(MqttLink link, Settings settings) {
        return link.silence().compareTo(settings.keepAlive()) >= 0;
    }

    /** How often to look. */
    static Duration period(Settings settings) {
        Duration eighth = settings.keepAlive().dividedBy(8);
        return eighth.compareTo(LONGEST_PERIOD) < 0 ? eighth : LONGEST_PERIOD;
    }
}
