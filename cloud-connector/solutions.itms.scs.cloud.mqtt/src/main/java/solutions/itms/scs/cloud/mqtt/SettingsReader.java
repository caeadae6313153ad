package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.cloud.mqtt.outbox.OutboxLimits;
import solutions.itms.scs.message.Topics;

/** Reads {@link Settings} from the properties of the endpoint; its constants are the defaults and limits. */
final class SettingsReader {
    static final String BROKER_URL = "tcp://127.0.0.1:1883";
    static final String ACCOUNT = "scs";
    static final int KEEP_ALIVE = 30;
    static final int MIN_KEEP_ALIVE = 1;
    static final int MAX_KEEP_ALIVE = 3600;
    static final int CONNECT_TIMEOUT = 10;
    static final int MAX_CONNECT_TIMEOUT = 300;
    static final int WINDOW = 50;
    static final int MAX_WINDOW = 1000;
    static final int RECONNECT_MIN = 1;
    static final int MAX_RECONNECT_MIN = 3600;
    static final int RECONNECT_MAX = 120;
    static final int MAX_RECONNECT_MAX = 86_400;
    static final int ANNOUNCE_DELAY = 30;
    static final int MAX_ANNOUNCE_DELAY = 600;
    static final int REQUEST_TIMEOUT = 60;
    static final int MAX_REQUEST_TIMEOUT = 3600;
    static final int DRAIN_MESSAGES = 100;
    static final int MAX_DRAIN_MESSAGES = 1_000_000;
    static final int DRAIN_KILOBYTES = 512;
    static final int MAX_DRAIN_KILOBYTES = 1_000_000;
    static final int DRAIN_START = 15;
    static final int MAX_DRAIN_START = 3600;
    static final int QUEUE_MEGABYTES = 500;
    static final int MAX_QUEUE_MEGABYTES = 100_000;
    static final int QUEUE_HOURS = 168;
    static final int MAX_QUEUE_HOURS = 87_600;
    static final int RECEIPT_TIMEOUT = 60;
    static final int MAX_RECEIPT_TIMEOUT = 86_400;
    static final String FULL = "full";
    static final String NORMAL = "normal";
    static final String RECEIPT = "receipt";
    static final String BROKER = "broker";

    private static final long MEGABYTE = 1_000_000;
    private static final long KILOBYTE = 1_000;

    private SettingsReader() {}

    /**
     * @param properties as configured
     * @param decrypt makes a password of what is stored for it
     * @param defaultClientId for a gateway that was given none
     */
    static Settings read(Map<String, ?> properties, UnaryOperator<String> decrypt, Supplier<String> defaultClientId) {
        Options options = new Options(properties);
        List<Broker> brokers = Broker.parseAll(options.text("broker.url", BROKER_URL));
        if (brokers.isEmpty()) {
            options.problem(
                    "broker.url must be like tcp://host:1883, ssl://host:8883, ws://host/path or wss://host/path,"
                            + " or up to " + Broker.MAX_BROKERS + " of them with commas between");
        }
        String account = options.text("account.name", ACCOUNT);
        if (!Topics.isLevel(account)) {
            options.problem("account.name must be one level of a topic; using " + ACCOUNT);
            account = ACCOUNT;
        }
        String clientId = options.text("client.id", "");
        return new Settings(
                options.flag("enabled", true),
                brokers,
                account,
                clientId(clientId.isEmpty() ? defaultClientId.get() : clientId),
                options.text("username", ""),
                properties.get("password") instanceof String password ? decrypt.apply(password) : "",
                seconds(options, "keep.alive", MIN_KEEP_ALIVE, MAX_KEEP_ALIVE, KEEP_ALIVE),
                seconds(options, "connect.timeout", 1, MAX_CONNECT_TIMEOUT, CONNECT_TIMEOUT),
                options.flag("clean.session", true),
                options.number("in.flight", 1, MAX_WINDOW, WINDOW),
                seconds(options, "reconnect.min", 1, MAX_RECONNECT_MIN, RECONNECT_MIN),
                seconds(options, "reconnect.max", 1, MAX_RECONNECT_MAX, RECONNECT_MAX),
                seconds(options, "announce.delay", 0, MAX_ANNOUNCE_DELAY, ANNOUNCE_DELAY),
                seconds(options, "request.timeout", 1, MAX_REQUEST_TIMEOUT, REQUEST_TIMEOUT),
                pacing(options),
                queue(options),
                options.problems());
    }

    private static Pacing pacing(Options options) {
        return new Pacing(
                options.number("drain.messages", 0, MAX_DRAIN_MESSAGES, DRAIN_MESSAGES),
                options.number("drain.kilobytes", 0, MAX_DRAIN_KILOBYTES, DRAIN_KILOBYTES) * KILOBYTE,
                seconds(options, "drain.start", 0, MAX_DRAIN_START, DRAIN_START));
    }

    private static OutboxLimits queue(Options options) {
        return new OutboxLimits(
                options.number("queue.megabytes", 1, MAX_QUEUE_MEGABYTES, QUEUE_MEGABYTES) * MEGABYTE,
                Duration.ofHours(options.number("queue.hours", 0, MAX_QUEUE_HOURS, QUEUE_HOURS)),
                oneOf(options, "queue.sync", FULL, NORMAL),
                oneOf(options, "confirmation", RECEIPT, BROKER),
                seconds(options, "receipt.timeout", 1, MAX_RECEIPT_TIMEOUT, RECEIPT_TIMEOUT));
    }

    /** Whether it is the standard one of the two. */
    private static boolean oneOf(Options options, String name, String standard, String other) {
        String value = options.text(name, standard).toLowerCase(Locale.ROOT);
        if (!value.isEmpty() && !value.equals(standard) && !value.equals(other)) {
            options.problem(name + " is neither " + standard + " nor " + other + "; using " + standard);
        }
        return !value.equals(other);
    }

    private static Duration seconds(Options options, String name, int min, int max, int standard) {
        return Duration.ofSeconds(options.number(name, min, max, standard));
    }

    /** The name with a dash for each character that Kura does not allow in a client id. */
    private static String clientId(String name) {
        StringBuilder id = new StringBuilder(name);
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if ("/+#.".indexOf(c) >= 0 || Character.isISOControl(c)) {
                id.setCharAt(i, '-');
            }
        }
        return id.substring(0, Math.min(id.length(), 255));
    }
}
