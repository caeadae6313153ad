package solutions.itms.scs.server.broker;

import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.device.PresenceSweep;

/** What the server asks of the broker that its gateways are connected to. Thread-safe. */
public interface MqttBroker extends PresenceSweep.Connections, AutoCloseable {
    /** Whether it takes messages, as far as the server can tell. */
    boolean isWell();

    /** Whether somebody takes what this shared subscription is for. */
    boolean isSubscribed(String sharedFilter);

    /** The port it listens on. */
    int port();

    /** Refused logins since the start, as far as the server can tell. */
    long refusedLogins();

    /** Refused publishes and subscriptions since the start, as far as the server can tell. */
    long refusedTopics();

    @Override
    void close();

    /**
     * A broker of somebody else's, which tells nothing but what gateways say.
     *
     * @param port where it listens
     */
    record External(int port) implements MqttBroker {
        @Override
        public boolean isWell() {
            return true;
        }

        @Override
        public boolean isSubscribed(String sharedFilter) {
            return true;
        }

        @Override
        public long refusedLogins() {
            return 0;
        }

        @Override
        public long refusedTopics() {
            return 0;
        }

        /** Nobody can say, so what gateways send decides alone. */
        @Override
        public boolean isConnected(String gatewayId) {
            return false;
        }

        @Override
        public java.time.@Nullable Instant lastPacket(String gatewayId) {
            return null;
        }

        @Override
        public void close() {}
    }
}
