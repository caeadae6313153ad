package solutions.itms.scs.cloud.mqtt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to the broker as long as it is wanted, and sends what is in the outbox over it. It never gives up.
 *
 * <p>One thread owns the state: what comes from callers and from Paho's threads is passed to it. Thread-safe; no method
 * but {@link #close} waits for anything.
 */
final class MqttSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MqttSession.class);

    private final Outbox outbox;
    private final LifeCycle lifeCycle;
    private final SessionListener listener;
    private final Clock clock;
    private final Loop loop = new Loop();
    private final Notifier notifier = new Notifier();
    private final Subscribers subscribers = new Subscribers();
    private final Applications applications = new Applications(subscribers);
    private final Pump pump;
    private final AtomicBoolean pumpIsDue = new AtomicBoolean();
    private final MqttLink.Listener linkListener = new LinkListener();

    private volatile @Nullable Instant connectedSince;
    private volatile String lastError = "";
    private volatile @Nullable Settings settings;

    // From here on: used by the loop's thread alone.
    private final List<CompletableFuture<@Nullable String>> waiting = new ArrayList<>();
    private final Map<String, Integer> subscribed = new HashMap<>();
    private TlsSource tls = TlsSource.JVM;
    private Backoff backoff = new Backoff(Duration.ZERO, Duration.ZERO, ThreadLocalRandom.current());
    private boolean paused;
    private boolean closed;
    private String sessionId = "";
    private String announced = "";
    private long upSinceNanos;
    private @Nullable MqttLink link;

    MqttSession(Outbox outbox, LifeCycle lifeCycle, SessionListener listener, Clock clock) {
        this.outbox = outbox;
        this.lifeCycle = lifeCycle;
        this.listener = listener;
        this.clock = clock;
        this.pump = new Pump(outbox);
    }

    /** Connects in this way from now on, after leaving the present connection in order. */
    void configure(Settings next, TlsSource nextTls) {
        outbox.limit(next.queueLimit());
        loop.run(() -> {
            if (next.equals(settings) && nextTls.equals(tls)) {
                return;
            }
            leave();
            settings = next;
            tls = nextTls;
            paused = false;
            backoff = new Backoff(next.reconnectMin(), next.reconnectMax(), ThreadLocalRandom.current());
            lastError = "";
            if (!next.problems().isEmpty()) {
                note("configuration: " + String.join("; ", next.problems()));
            }
            connectIfWanted();
        });
    }

    /** Makes the connection anew, because something outside the settings has changed. */
    void reconnect() {
        loop.run(() -> {
            leave();
            connectIfWanted();
        });
    }

    /** Takes a message; its id is confirmed once the broker has it, if its QoS is 1. */
    String publish(Message message) {
        String id = outbox.add(message);
        if (applications.publishes(message.appId())) {
            loop.run(this::announceChanges);
        }
        pumpSoon();
        return id;
    }

    void subscribe(Subscription subscription, Subscribers.Listener subscriber) {
        subscribers.add(subscription, subscriber);
        loop.run(this::subscriptionsChanged);
    }

    void unsubscribe(Subscribers.Listener subscriber) {
        subscribers.remove(subscriber);
        loop.run(this::subscriptionsChanged);
    }

    /**
     * Ends a {@link #disconnect} and connects now, without waiting for the next attempt's turn.
     *
     * @return completed with null when connected, with the reason in words when the attempt failed; attempts go on
     */
    CompletableFuture<@Nullable String> connect() {
        CompletableFuture<@Nullable String> result = new CompletableFuture<>();
        loop.run(() -> {
            paused = false;
            if (connectedSince != null) {
                result.complete(null);
                return;
            }
            waiting.add(result);
            connectIfWanted();
        });
        return result;
    }

    /** Leaves, and stays away until {@link #connect} or until {@link #configure} with other settings. */
    CompletableFuture<Void> disconnect() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.run(() -> {
            paused = true;
            leave();
            done.complete(null);
        });
        return done;
    }

    boolean isConnected() {
        return connectedSince != null;
    }

    SessionStatus status() {
        return new SessionStatus(connectedSince, lastError, outbox.counts(), notifier.lost());
    }

    /** Leaves in order and ends all threads, within a few seconds even when the broker is deaf. */
    @Override
    public void close() {
        loop.run(() -> {
            closed = true;
            leave();
        });
        loop.close();
        notifier.close();
    }

    private void connectIfWanted() {
        Settings now = settings;
        if (closed || paused || now == null || link != null) {
            return;
        }
        loop.cancelTimer();
        Broker broker = now.broker();
        if (!now.enabled() || broker == null) {
            endAttempt(now.enabled() ? "the configuration has no usable broker.url" : "the connection is not enabled");
            return;
        }
        sessionId = UUID.randomUUID().toString();
        try {
            MqttLink opening = MqttLink.open(now, broker, tls, lifeCycle.will(now, sessionId), linkListener);
            link = opening;
            // Paho waits for ever for a peer that accepts the connection and says nothing.
            loop.setTimer(now.connectTimeout(), () -> ended(opening, new TimeoutException()));
        } catch (Exception e) {
            retryAfter(e, broker);
        }
    }

    private void established(MqttLink opened) {
        Settings now = settings;
        if (opened != link || now == null) {
            return;
        }
        upSinceNanos = System.nanoTime();
        connectedSince = clock.instant();
        LOG.info("Cloud connection: up, {}", now);
        subscribed.clear();
        notifier.tell(listener::established);
        endAttempt(null);
        watch(opened, now.keepAlive().multipliedBy(2).plus(now.connectTimeout()));
        announce(LifeCycle.BIRTH);
        subscriptionsChanged();
        pumpNow();
    }

    /** Ends a link that is of no use any more, whether it was connecting or connected. */
    private void ended(MqttLink ending, Throwable cause) {
        Settings now = settings;
        if (ending != link || now == null || now.broker() == null) {
            return;
        }
        link = null;
        ending.abort();
        if (connectedSince != null) {
            connectedSince = null;
            backoff.connectionHeld(Duration.ofNanos(System.nanoTime() - upSinceNanos));
            outbox.returnAll();
            notifier.tell(listener::lost);
        }
        retryAfter(cause, now.broker());
    }

    private void retryAfter(Throwable cause, Broker broker) {
        String words = PlainWords.of(cause, broker);
        note(words);
        endAttempt(words);
        loop.setTimer(backoff.next(), this::connectIfWanted);
    }

    private void leave() {
        loop.cancelTimer();
        MqttLink leaving = link;
        Settings now = settings;
        if (leaving == null || now == null) {
            return;
        }
        link = null;
        if (connectedSince == null) {
            leaving.abort();
            endAttempt("the attempt was given up");
            return;
        }
        connectedSince = null;
        leaving.goodbye(lifeCycle.goodbye(now, sessionId));
        outbox.returnAll();
        notifier.tell(listener::disconnected);
    }

    private void endAttempt(@Nullable String error) {
        waiting.forEach(result -> result.complete(error));
        waiting.clear();
    }

    private void note(String words) {
        String before = lastError;
        lastError = clock.instant() + " " + words;
        if (!before.endsWith(" " + words)) {
            LOG.info("Cloud connection: {}", words);
        }
    }

    private void pumpSoon() {
        if (pumpIsDue.compareAndSet(false, true)) {
            loop.run(this::pumpNow);
        }
    }

    private void pumpNow() {
        pumpIsDue.set(false);
        onLink(pump::send);
    }

    /** Drops a connection on which acknowledgements have stopped coming, though it looks alive otherwise. */
    private void watch(MqttLink watched, Duration patience) {
        loop.setTimer(patience.dividedBy(2), () -> {
            if (watched == link && pump.isStuck(patience)) {
                ended(watched, new TimeoutException());
            } else if (watched == link) {
                watch(watched, patience);
            }
        });
    }

    private void subscriptionsChanged() {
        onLink((up, now) -> subscribers.update(up, now, subscribed));
        announceChanges();
    }

    private void announceChanges() {
        if (!applications.ids().equals(announced)) {
            announce(LifeCycle.APPS);
        }
    }

    private void announce(String kind) {
        onLink((up, now) -> {
            announced = applications.ids();
            up.say(lifeCycle.hello(kind, now, sessionId, announced));
        });
    }

    /** Does something on the link if it is up; drops the link if that fails. */
    private void onLink(LinkTask task) {
        MqttLink up = link;
        Settings now = settings;
        if (up == null || now == null || connectedSince == null) {
            return;
        }
        try {
            task.run(up, now);
        } catch (MqttException | RuntimeException e) {
            ended(up, e);
        }
    }

    private interface LinkTask {
        void run(MqttLink up, Settings now) throws MqttException;
    }

    /** Passes what Paho's threads report to the loop. */
    private final class LinkListener implements MqttLink.Listener {
        @Override
        public void connected(MqttLink opened) {
            loop.run(() -> established(opened));
        }

        @Override
        public void failed(MqttLink failed, Throwable cause) {
            loop.run(() -> ended(failed, cause));
        }

        @Override
        public void lost(MqttLink lost, Throwable cause) {
            loop.run(() -> ended(lost, cause));
        }

        @Override
        public void delivered(Outbox.Entry entry) {
            pump.delivered(entry);
            pumpSoon();
            if (entry.message().qos() > 0) {
                notifier.tell(() -> listener.confirmed(entry.id()));
            }
        }

        @Override
        public void arrived(String topic, byte[] payload) {
            Settings now = settings;
            if (now != null) {
                for (Subscribers.Listener subscriber : subscribers.of(topic, now)) {
                    notifier.tell(() -> subscriber.accept(topic, payload));
                }
            }
        }

        @Override
        public void subscriptionRefused(String filter) {
            loop.run(() -> note("the broker refuses the subscription to " + filter));
        }
    }
}
