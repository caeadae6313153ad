package solutions.itms.scs.command;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.settings.Options;

/**
 * When and where commands are fetched without MQTT.
 *
 * @param url of the server; null = they are not
 * @param after how long there must be no cloud connection
 */
record FallbackSettings(@Nullable URI url, Duration after) {
    static final int AFTER = 120;
    static final int MAX_AFTER = 86_400;

    static FallbackSettings of(Options options) {
        Duration after = Duration.ofSeconds(options.number("http.after", 0, MAX_AFTER, AFTER));
        String text = options.text("http.url", "");
        if (text.isEmpty()) {
            return new FallbackSettings(null, after);
        }
        URI url = url(text);
        if (url == null) {
            options.problem("http.url must be https://host, or http://127.0.0.1 for a server on this machine;"
                    + " commands are not fetched");
        }
        return new FallbackSettings(url, after);
    }

    private static @Nullable URI url(String text) {
        try {
            URI url = URI.create(text);
            boolean local = "http".equals(url.getScheme())
                    && ("127.0.0.1".equals(url.getHost()) || "localhost".equals(url.getHost()));
            boolean plain = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
            return url.getHost() != null && plain && (local || "https".equals(url.getScheme())) ? url : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
