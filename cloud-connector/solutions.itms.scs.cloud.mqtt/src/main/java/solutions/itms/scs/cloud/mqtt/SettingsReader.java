package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import solutions.itms.scs.api.settings.Options;
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
    static final int QUEUE_LIMIT = 10_000;
    static final int MAX_QUEUE_LIMIT = 1_000_000;

    private SettingsReader() {}

    /**
     * @param properties as configured
     * @param decrypt makes a password of what is stored for it
     * @param defaultClientId for a gateway that was given none
     */
    static Settings read(Map<String, ?> properties, UnaryOperator<String> decrypt, Supplier<String> defaultClientId) {
        Options options = new Options(properties);
        Broker broker = Broker.parse(options.text("broker.url", BROKER_URL)).orElse(null);
        if (broker == null) {
            options.problem("broker.url must be like tcp://host:1883 or ssl://host:8883");
        }
        String account = options.text("account.name", ACCOUNT);
        if (!Topics.isLevel(account)) {
            options.problem("account.name must be one level of a topic; using " + ACCOUNT);
            account = ACCOUNT;
        }
        String clientId = options.text("client.id", "");
        return new Settings(
                options.flag("enabled", true),
                broker,
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
                options.number("queue.limit", 1, MAX_QUEUE_LIMIT, QUEUE_LIMIT),
                options.problems());
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
