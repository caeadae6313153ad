package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
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
    static Settings read(Map<String, ?> properties, UnaryOperator<String> decrypt, String defaultClientId) {
        List<String> problems = new ArrayList<>();
        Values values = new Values(properties, problems);
        String url = values.text("broker.url", BROKER_URL);
        Broker broker = Broker.parse(url).orElse(null);
        if (broker == null) {
            problems.add("broker.url must be like tcp://host:1883 or ssl://host:8883");
        }
        String account = values.text("account.name", ACCOUNT);
        if (!Topics.isLevel(account)) {
            problems.add("account.name must be one level of a topic, so '" + ACCOUNT + "' is used");
            account = ACCOUNT;
        }
        String clientId = values.text("client.id", "");
        return new Settings(
                values.flag("enabled", true),
                broker,
                account,
                clientId(clientId.isEmpty() ? defaultClientId : clientId),
                values.text("username", ""),
                decrypt.apply(values.exactText("password", "")),
                Duration.ofSeconds(values.number("keep.alive", KEEP_ALIVE, MIN_KEEP_ALIVE, MAX_KEEP_ALIVE)),
                Duration.ofSeconds(values.number("connect.timeout", CONNECT_TIMEOUT, 1, MAX_CONNECT_TIMEOUT)),
                values.flag("clean.session", true),
                values.number("in.flight", WINDOW, 1, MAX_WINDOW),
                Duration.ofSeconds(values.number("reconnect.min", RECONNECT_MIN, 1, MAX_RECONNECT_MIN)),
                Duration.ofSeconds(values.number("reconnect.max", RECONNECT_MAX, 1, MAX_RECONNECT_MAX)),
                values.number("queue.limit", QUEUE_LIMIT, 1, MAX_QUEUE_LIMIT),
                problems);
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
