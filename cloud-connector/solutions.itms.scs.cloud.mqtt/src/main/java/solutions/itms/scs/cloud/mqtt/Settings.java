package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.cloud.mqtt.outbox.OutboxLimits;

/**
 * How to connect, and how to send.
 *
 * @param enabled whether to connect at all
 * @param brokers where to, the preferred one first; empty when the address is unusable, which {@code problems} says
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
 * @param announceDelay how long changes of the list of applications are gathered before they are told
 * @param requestTimeout how long a request from the cloud may take
 * @param pacing how fast to send
 * @param queue what the outbox keeps
 * @param problems what is wrong with the configuration, in words; what could be replaced by a default was
 */
record Settings(
        boolean enabled,
        List<Broker> brokers,
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
        Duration announceDelay,
        Duration requestTimeout,
        Pacing pacing,
        OutboxLimits queue,
        List<String> problems) {

    Settings {
        brokers = List.copyOf(brokers);
        problems = List.copyOf(problems);
    }

    /** Whether a connection made for the one is as good for the other. */
    boolean connectsLike(@Nullable Settings other) {
        return other != null
                && enabled == other.enabled
                && brokers.equals(other.brokers)
                && account.equals(other.account)
                && clientId.equals(other.clientId)
                && username.equals(other.username)
                && password.equals(other.password)
                && keepAlive.equals(other.keepAlive)
                && connectTimeout.equals(other.connectTimeout)
                && cleanSession == other.cleanSession;
    }

    /** Whether any of the brokers is reached by TLS. */
    boolean usesTls() {
        return brokers.stream().anyMatch(Broker::tls);
    }

    /** The addresses, for people. */
    String urls() {
        return brokers.isEmpty()
                ? "none"
                : String.join(", ", brokers.stream().map(Broker::url).toList());
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Settings[" + urls() + " " + account + "/" + clientId + "]";
    }
}
