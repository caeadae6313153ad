package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to connect.
 *
 * @param enabled whether to connect at all
 * @param broker where to; null when the address is unusable, which {@code problems} says
 * @param account first level of the topics
 * @param clientId MQTT client id and second level of the topics
 * @param username empty = none
 * @param password empty = none
 * @param keepAlive longest silence on the line, whole seconds
 * @param connectTimeout how long an attempt may take, whole seconds
 * @param cleanSession whether the broker forgets subscriptions and messages for us when we are gone
 * @param window how many messages may be in flight at once
 * @param reconnectMin first pause between attempts
 * @param reconnectMax longest pause between attempts
 * @param queueLimit how many messages the outbox may hold
 * @param problems what is wrong with the configuration, in words; what could be replaced by a default was
 */
record Settings(
        boolean enabled,
        @Nullable Broker broker,
        String account,
        String clientId,
        String username,
        String password,
        Duration keepAlive,
        Duration connectTimeout,
        boolean cleanSession,
        int window,
        Duration reconnectMin,
        Duration reconnectMax,
        int queueLimit,
        List<String> problems) {

    Settings {
        problems = List.copyOf(problems);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Settings[" + (broker == null ? "no broker" : broker.url()) + " " + account + "/" + clientId + "]";
    }
}
