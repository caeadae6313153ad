package solutions.itms.scs.server;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.artifact.ArtifactSettings;
import solutions.itms.scs.server.auth.PasswordCost;
import solutions.itms.scs.server.auth.Sessions;
import solutions.itms.scs.server.db.PostgresAddress;
import solutions.itms.scs.server.ingest.BrokerLink;

/**
 * How a server runs.
 *
 * @param data directory for everything it keeps
 * @param bind address to listen on, for HTTP and MQTT
 * @param httpPort 0 for any
 * @param mqttPort 0 for any
 * @param adminPasswordFile holds the first password of {@code admin}; null for a random one
 * @param resetCorruptDatabase put a damaged database aside and start with a new one
 * @param postgres where the database is; null for the SQLite file in {@code data}
 * @param broker another MQTT broker; null for one of the server's own
 * @param keep how long what is stored is kept
 * @param artifacts what may be uploaded, and where it is kept
 * @param clock of everything that is stored or expires
 * @param timing how often and how long
 */
public record ServerConfig(
        Path data,
        String bind,
        int httpPort,
        int mqttPort,
        @Nullable Path adminPasswordFile,
        boolean resetCorruptDatabase,
        @Nullable PostgresAddress postgres,
        BrokerLink.@Nullable Address broker,
        Keep keep,
        ArtifactSettings artifacts,
        Clock clock,
        Timing timing) {

    /**
     * How long what is stored is kept.
     *
     * @param history metrics, by their time
     * @param commands by the time of their end
     * @param audit by the time of its rows
     */
    public record Keep(Duration history, Duration commands, Duration audit) {
        /** What an operator gets who sets nothing. */
        public static final Keep DEFAULT = new Keep(Duration.ofDays(30), Duration.ofDays(365), Duration.ofDays(1_825));
    }

    /**
     * How often and how long.
     *
     * @param staleAfter silence after which a gateway is missing
     * @param sweepEvery how often silent gateways are looked for
     * @param commandSweepEvery how often commands are looked for whose time is over
     * @param liveTick how often browsers are told of counters and times
     * @param sessions how long people stay logged in
     * @param passwords what it takes to check one
     */
    public record Timing(
            Duration staleAfter,
            Duration sweepEvery,
            Duration commandSweepEvery,
            Duration liveTick,
            Sessions.Limits sessions,
            PasswordCost passwords) {
        /** What an operator gets who sets nothing. */
        public static final Timing DEFAULT = new Timing(
                Duration.ofMinutes(3),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                new Sessions.Limits(Duration.ofHours(12), Duration.ofDays(30)),
                PasswordCost.DEFAULT);
    }
}
