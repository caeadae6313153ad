package solutions.itms.scs.ssh;

import java.time.Duration;
import solutions.itms.scs.api.settings.Options;

/**
 * How long each step of a connection may take, within the time of the whole; zero = as long as the whole.
 *
 * @param connect until the port has accepted
 * @param banner from there until the gate has shown its host key
 * @param login until it has let us in
 * @param command until the probe's command has ended
 */
record LevelLimits(Duration connect, Duration banner, Duration login, Duration command) {
    static final int DEFAULT_CONNECT = 3;

    /** None but the whole's. */
    static final LevelLimits NONE = new LevelLimits(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    static LevelLimits of(Options options) {
        return new LevelLimits(
                seconds(options, "timeout.connect", DEFAULT_CONNECT),
                seconds(options, "timeout.banner", 0),
                seconds(options, "timeout.login", 0),
                seconds(options, "timeout.command", 0));
    }

    private static Duration seconds(Options options, String name, int standard) {
        return Duration.ofSeconds(options.number(name, 0, 60, standard));
    }
}
