package solutions.itms.scs.cloud.mqtt;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.cloud.mqtt.outbox.Outbox;
import solutions.itms.scs.cloud.mqtt.outbox.OutboxLimits;
import solutions.itms.scs.store.Stores;

/** One cloud connection: its queue, its session with the broker, and the desk for requests. Thread-safe. */
final class Connection implements AutoCloseable {
    private static final String PID_PREFIX = "solutions.itms.scs.cloud.mqtt.CloudEndpoint";
    private static final long MAX_MEMORY = 16L * 1024 * 1024;

    private final Notifier notifier = new Notifier();
    private final Outbox outbox;
    private final MqttSession session;
    private final RequestDesk desk;
    private volatile Duration requestTimeout = Duration.ofSeconds(SettingsReader.REQUEST_TIMEOUT);

    /**
     * @param pid of the component, which names the file of the queue
     * @param profile what is known about this gateway
     * @param confirmed told the ids of messages that the cloud has
     */
    Connection(
            Stores stores,
            String pid,
            Supplier<Map<String, String>> profile,
            SessionListener listener,
            Consumer<String> confirmed,
            Clock clock) {
        // a sixteenth of the heap at most: the rest belongs to the other bundles
        long memory = Math.min(MAX_MEMORY, Runtime.getRuntime().maxMemory() / 16);
        OutboxLimits standard =
                SettingsReader.read(Map.of(), stored -> stored, () -> "gateway").queue();
        outbox = new Outbox(
                stores,
                fileName(pid),
                standard,
                memory,
                id -> notifier.tell(() -> confirmed.accept(id)),
                System::nanoTime);
        session = new MqttSession(outbox, new LifeCycle(profile, clock), listener, notifier, clock);
        desk = new RequestDesk(session::publish, () -> requestTimeout);
    }

    MqttSession session() {
        return session;
    }

    RequestDesk desk() {
        return desk;
    }

    void configure(Settings settings, TlsSource tls) {
        requestTimeout = settings.requestTimeout();
        session.configure(settings, tls);
    }

    /** Answers the requests of an application from now on. */
    void answer(String appId, RequestDesk.Handler handler) {
        Subscription subscription = new Subscription(true, appId, "", 1);
        if (desk.register(appId, handler)) {
            session.subscribe(subscription, new DeskListener(appId));
        }
    }

    /** Ends it. */
    void answerNoMore(String appId) {
        if (desk.unregister(appId)) {
            session.unsubscribe(new DeskListener(appId));
        }
    }

    @Override
    public void close() {
        desk.close();
        session.close();
        outbox.close();
        notifier.close();
    }

    /** The file's name; another pid has another one. */
    static String fileName(@Nullable String pid) {
        String tail = pid == null ? "" : pid.startsWith(PID_PREFIX) ? pid.substring(PID_PREFIX.length()) : pid;
        if (tail.isEmpty()) {
            return "outbox";
        }
        StringBuilder name = new StringBuilder("outbox-");
        for (char c : tail.replaceFirst("^[-~]", "").toCharArray()) {
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
            name.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "_%x_", (int) c));
        }
        return name.length() <= 120
                ? name.toString()
                : name.substring(0, 110) + String.format(Locale.ROOT, "_%08x", tail.hashCode());
    }

    /** Equal to another one of the same application, so that it can be taken out again. */
    private final class DeskListener implements Subscribers.Listener {
        private final String appId;

        DeskListener(String appId) {
            this.appId = appId;
        }

        @Override
        public void accept(String topic, byte[] payload) {
            desk.accept(topic, payload);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof DeskListener that && that.appId.equals(appId);
        }

        @Override
        public int hashCode() {
            return appId.hashCode();
        }
    }
}
