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
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.cloud.mqtt.outbox.Entry;
import solutions.itms.scs.cloud.mqtt.outbox.Message;
import solutions.itms.scs.cloud.mqtt.outbox.Outbox;
import solutions.itms.scs.cloud.mqtt.outbox.OutboxException;

/**
 * Keeps a connection to the broker as long as it is wanted, and sends what is in the outbox over it. It never gives up.
 *
 * <p>One thread owns the state: what comes from others is passed to it. Thread-safe; only publish and close wait.
 */
final class MqttSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MqttSession.class);

    private final Outbox outbox;
    private final LifeCycle lifeCycle;
    private final SessionListener listener;
    private final Clock clock;
    private final Loop loop = new Loop();
    private final Notifier notifier;
    private final Subscribers subscribers = new Subscribers();
    private final Applications applications = new Applications(subscribers);
    private final Sender sender;
    private final Announcer announcer = new Announcer(loop, applications, this::announce);
    private final AtomicBoolean pumpIsDue = new AtomicBoolean();
    private final MqttLink.Listener linkListener = new LinkListener();

    private volatile @Nullable Broker broker;
    private volatile @Nullable Instant connectedSince;
    private volatile String lastError = "";
    private volatile @Nullable Settings settings;

    // From here on: the loop's thread alone.
    private final List<CompletableFuture<@Nullable String>> waiting = new ArrayList<>();
    private final Map<String, Integer> subscribed = new HashMap<>();
    private TlsSource tls = TlsSource.JVM;
    private @Nullable Attempts attempts;
    private @Nullable Future<?> timer;
    private boolean paceIsTimed;
    private boolean paused;
    private boolean closed;
    private String sessionId = "";
    private long upSinceNanos;
    private @Nullable MqttLink link;

    MqttSession(Outbox outbox, LifeCycle lifeCycle, SessionListener listener, Notifier notifier, Clock clock) {
        this.outbox = outbox;
        this.lifeCycle = lifeCycle;
        this.listener = listener;
        this.notifier = notifier;
        this.clock = clock;
        this.sender = new Sender(outbox);
        subscribers.add(ReceiptListener.SUBSCRIPTION, new ReceiptListener(outbox, this::pumpSoon));
    }

    /** Works in this way from now on, after leaving the present connection in order if that has to be another one. */
    void configure(Settings next, TlsSource nextTls) {
        outbox.configure(next.queue());
        loop.run(() -> {
            Settings before = settings;
            boolean sameLink = next.connectsLike(before) && nextTls.equals(tls);
            if (!sameLink) {
                leave();
                tls = nextTls;
                paused = false;
                attempts = new Attempts(next, ThreadLocalRandom.current());
            }
            settings = next;
            if (before == null || !before.pacing().equals(next.pacing())) {
                sender.set(next.pacing());
            }
            if (before == null || !before.problems().equals(next.problems()) || !sameLink) {
                lastError = "";
                if (!next.problems().isEmpty()) {
                    note("configuration: " + String.join("; ", next.problems()));
                }
            }
            connectIfWanted();
            pumpNow();
        });
    }

    /** Makes the connection anew: something outside the settings has changed. */
    void reconnect() {
        loop.run(() -> {
            leave();
            connectIfWanted();
        });
    }

    /** Takes a message, and returns when it is on the disk; its id is confirmed once the cloud has it. */
    String publish(Message message) throws OutboxException {
        String id = outbox.add(message);
        if (message.addressee() == null && applications.publishes(message.appId())) {
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
        return new SessionStatus(
                broker, connectedSince, lastError, outbox.counts(), outbox.isUnanswered(), notifier.lost());
    }

    /** Leaves in order and ends all threads, within a few seconds even when the broker is deaf. */
    @Override
    public void close() {
        loop.run(() -> {
            closed = true;
            leave();
        });
        loop.close();
    }

    private void connectIfWanted() {
        Settings now = settings;
        if (closed || paused || now == null || attempts == null || link != null) {
            return;
        }
        stopTimer();
        Broker next = attempts.broker();
        if (!now.enabled() || next == null) {
            endAttempt(now.enabled() ? "the configuration has no usable broker.url" : "the connection is not enabled");
            return;
        }
        broker = next;
        sessionId = UUID.randomUUID().toString();
        try {
            MqttLink opening = MqttLink.open(now, next, tls, lifeCycle.will(now, sessionId), linkListener);
            link = opening;
            // Paho waits for ever for a peer that says nothing.
            setTimer(now.connectTimeout(), () -> ended(opening, new TimeoutException()));
        } catch (Exception e) {
            retryAfter(e, attempts.failed());
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
        sender.connected();
        announcer.connected();
        subscriptionsChanged();
        tick(opened);
        pumpNow();
    }

    /** Looks after a connection, several times in a keep-alive. */
    private void tick(MqttLink watched) {
        Settings now = settings;
        if (watched != link || now == null || connectedSince == null) {
            return;
        }
        if (Watchdog.isDead(watched, sender, now)) {
            ended(watched, new TimeoutException());
            return;
        }
        if (Watchdog.isQuiet(watched, now)) {
            onLink((up, settings) -> up.ping());
        }
        outbox.repeatOverdue();
        pumpNow();
        if (watched != link) {
            return; // that ended it, and the timer is for the next attempt
        }
        setTimer(Watchdog.period(now), () -> tick(watched));
    }

    /** Ends a link that is of no use any more, whether it was connecting or connected. */
    private void ended(MqttLink ending, Throwable cause) {
        if (ending != link || attempts == null) {
            return;
        }
        link = null;
        ending.abort();
        Duration pause;
        if (connectedSince != null) {
            connectedSince = null;
            pause = attempts.lost(Duration.ofNanos(System.nanoTime() - upSinceNanos));
            announcer.stop();
            outbox.returnAll();
            notifier.tell(listener::lost);
        } else {
            pause = attempts.failed();
        }
        retryAfter(cause, pause);
    }

    private void retryAfter(Throwable cause, Duration pause) {
        Broker failed = broker;
        String words = failed == null ? String.valueOf(cause.getMessage()) : PlainWords.of(cause, failed);
        note(words);
        endAttempt(words);
        setTimer(pause, this::connectIfWanted);
    }

    private void setTimer(Duration delay, Runnable task) {
        stopTimer();
        timer = loop.after(delay, task);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void leave() {
        stopTimer();
        announcer.stop();
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
        onLink((up, now) -> {
            Duration pause = sender.send(up, now);
            if (!pause.isZero() && !paceIsTimed) {
                paceIsTimed = true;
                loop.after(pause, () -> {
                    paceIsTimed = false;
                    pumpNow();
                });
            }
        });
    }

    private void subscriptionsChanged() {
        onLink((up, now) -> subscribers.update(up, now, subscribed));
        announceChanges();
    }

    /** Packages of the gateway have changed: the cloud is told anew, after a while. */
    void packagesChanged() {
        loop.run(() -> onLink((up, now) -> announcer.packagesChanged(now)));
    }

    private void announceChanges() {
        onLink((up, now) -> announcer.changed(now));
    }

    private void announce(String kind, String ids) {
        onLink((up, now) -> up.say(lifeCycle.hello(kind, now, sessionId, ids)));
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
        public void delivered(Entry entry) {
            sender.delivered(entry);
            pumpSoon();
        }

        @Override
        public void arrived(String topic, byte[] payload) {
            Settings now = settings;
            if (now != null) {
                subscribers.of(topic, now).forEach(subscriber -> subscriber.accept(topic, payload));
            }
        }

        @Override
        public void subscriptionRefused(String filter) {
            loop.run(() -> note("the broker refuses the subscription to " + filter));
        }
    }
}
