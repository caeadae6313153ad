package solutions.itms.scs.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.message.command.CommandRegistry;
import solutions.itms.scs.server.artifact.Artifacts;
import solutions.itms.scs.server.audit.AuditRetention;
import solutions.itms.scs.server.audit.AuditRoutes;
import solutions.itms.scs.server.auth.ApiTokens;
import solutions.itms.scs.server.auth.AuthRoutes;
import solutions.itms.scs.server.auth.People;
import solutions.itms.scs.server.auth.PeopleRoutes;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.auth.Reauth;
import solutions.itms.scs.server.auth.Sessions;
import solutions.itms.scs.server.broker.Broker;
import solutions.itms.scs.server.broker.MqttBroker;
import solutions.itms.scs.server.command.CommandCenter;
import solutions.itms.scs.server.command.CommandCounts;
import solutions.itms.scs.server.command.CommandRetention;
import solutions.itms.scs.server.command.CommandViews;
import solutions.itms.scs.server.command.Commands;
import solutions.itms.scs.server.command.ServerKeys;
import solutions.itms.scs.server.db.CorruptDatabaseException;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.IntegrityCheck;
import solutions.itms.scs.server.db.PostgresAddress;
import solutions.itms.scs.server.device.DeviceQueries;
import solutions.itms.scs.server.device.DeviceRoutes;
import solutions.itms.scs.server.device.Devices;
import solutions.itms.scs.server.device.Gaps;
import solutions.itms.scs.server.device.GatewayRegistry;
import solutions.itms.scs.server.device.PresenceSweep;
import solutions.itms.scs.server.deviceapi.Contacts;
import solutions.itms.scs.server.deviceapi.DeviceCommandRoutes;
import solutions.itms.scs.server.deviceapi.DeviceGuard;
import solutions.itms.scs.server.deviceapi.DeviceIngestRoutes;
import solutions.itms.scs.server.deviceapi.DeviceKeyRoutes;
import solutions.itms.scs.server.deviceapi.DeviceKeys;
import solutions.itms.scs.server.deviceapi.DevicePollServlet;
import solutions.itms.scs.server.history.LatestValues;
import solutions.itms.scs.server.history.MetricExport;
import solutions.itms.scs.server.history.MetricRoutes;
import solutions.itms.scs.server.history.Retention;
import solutions.itms.scs.server.http.Console;
import solutions.itms.scs.server.http.HttpServer;
import solutions.itms.scs.server.http.Routes;
import solutions.itms.scs.server.ingest.BrokerLink;
import solutions.itms.scs.server.ingest.BulkIngest;
import solutions.itms.scs.server.ingest.Ingest;
import solutions.itms.scs.server.ingest.ReceiptSender;
import solutions.itms.scs.server.live.LiveFeed;
import solutions.itms.scs.server.live.LiveServlet;
import solutions.itms.scs.server.ops.Housekeeping;
import solutions.itms.scs.server.ops.OpsRoutes;

/**
 * A running server: each part is started after those it needs, and they are stopped in the opposite order. Thread-safe.
 */
public final class Server implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Server.class);
    /** Time for what is on its way when a connection ends. */
    private static final Duration SETTLE = Duration.ofSeconds(10);

    /** Silence after which a gateway of another broker is missing; its pings can't be seen. */
    private static final Duration SILENT_ELSEWHERE = Duration.ofMinutes(15);

    private static final Duration RECEIPTS_EVERY = Duration.ofMillis(100);
    private static final Duration RETENTION_EVERY = Duration.ofMinutes(10);
    private static final Duration PURGE_EVERY = Duration.ofHours(1);

    private final ServerConfig config;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<String> notices = new ArrayList<>();
    private @Nullable Artifacts artifacts;
    private int httpPort;
    private int mqttPort;

    private Server(ServerConfig config) {
        this.config = config;
    }

    /**
     * Starts a server; everything answers when this returns.
     *
     * @throws StartException if the operator has to mend something
     * @throws IOException if something else does not work
     */
    public static Server start(ServerConfig config) throws StartException, IOException {
        Server server = new Server(config);
        try {
            server.startParts();
            return server;
        } catch (StartException | IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    public int httpPort() {
        return httpPort;
    }

    public int mqttPort() {
        return mqttPort;
    }

    /** For tests, which do not wait for it to be time. */
    Artifacts artifacts() {
        return Objects.requireNonNull(artifacts);
    }

    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOGGER.error("a part of the server did not stop cleanly", e);
            }
        }
    }

    private void startParts() throws StartException, IOException {
        requireFree(config.httpPort(), "--http-port");
        if (config.broker() == null) {
            requireFree(config.mqttPort(), "--mqtt-port");
        }
        DataDirectory data = DataDirectory.create(config.data());
        FileChannel lock = data.lock();
        parts.push(lock);
        PostgresAddress postgres = config.postgres();
        Database database = part(postgres == null ? openDatabase(data.database()) : DatabaseOptions.open(postgres));
        PresenceSweep.atServerStart(database);

        Sessions sessions =
                new Sessions(database, config.clock(), config.timing().sessions());
        Devices devices = new Devices(database);
        DeviceQueries inventory = new DeviceQueries(database, config.clock());
        CommandViews commandViews = new CommandViews(database);
        LiveFeed live = part(new LiveFeed(
                devices,
                inventory::find,
                commandViews::find,
                sessions,
                config.clock(),
                config.timing().liveTick()));
        BrokerLink.Address external = config.broker();
        MqttBroker broker =
                part(external == null ? embeddedBroker(data, database) : new MqttBroker.External(external.port()));
        // of another broker's gateways only what they send is known
        Predicate<String> connected = external == null ? broker::isConnected : id -> true;
        BrokerLink link =
                part(BrokerLink.to(broker instanceof Broker own ? addressOf(own) : Objects.requireNonNull(external)));
        Contacts contacts = new Contacts(config.clock());
        CommandCenter commands = part(new CommandCenter(
                new CommandCenter.Surroundings(
                        database,
                        ServerKeys.open(data.commandKeys(), config.clock().instant()),
                        external == null ? broker::isConnected : devices::isOnline,
                        link::send,
                        link::publish,
                        live,
                        config.clock()),
                CommandRegistry.standard()));
        LatestValues latest =
                new LatestValues(database, config.clock(), config.keep().history());
        Ingest ingest = part(new Ingest(
                database,
                id -> connected.test(id) || contacts.isRecent(id),
                commands.reports(),
                commands::told,
                latest,
                config.clock()));
        ingest.start();
        link.open(ingest, commands.replies());
        commands.start();
        if (broker instanceof Broker own) {
            own.open();
        }

        ReceiptSender receipts = new ReceiptSender(ingest, database, connected, link::publish, config.clock());
        PresenceSweep sweep = new PresenceSweep(
                database,
                config.clock(),
                external == null ? SETTLE : SILENT_ELSEWHERE,
                config.timing().staleAfter(),
                new Connections(broker, commands, contacts),
                live);
        Housekeeping housekeeping = part(new Housekeeping());
        housekeeping.every(config.timing().sweepEvery(), "look for silent gateways", sweep::sweep);
        Housekeeping commandTimer = part(new Housekeeping());
        commandTimer.every(config.timing().commandSweepEvery(), "look for commands whose time is over", commands::tick);
        Housekeeping receiptTimer = part(new Housekeeping());
        receiptTimer.every(RECEIPTS_EVERY, "send receipts", receipts::send);
        housekeeping.every(PURGE_EVERY, "delete expired sessions", sessions::deleteExpired);
        People people = people(database, data, live::endStreamsOfPerson);
        Retention retention =
                new Retention(database, config.clock(), config.keep().history());
        // by itself: there may be much to delete
        part(new Housekeeping()).every(RETENTION_EVERY, "delete old metrics", retention::sweep);
        CommandRetention commandRetention =
                new CommandRetention(database, config.clock(), config.keep().commands());
        AuditRetention auditRetention =
                new AuditRetention(database, config.clock(), config.keep().audit());
        Housekeeping old = part(new Housekeeping());
        old.every(RETENTION_EVERY, "delete old commands", commandRetention::sweep);
        old.every(RETENTION_EVERY, "delete old rows of the audit", auditRetention::sweep);
        AuthRoutes auth = new AuthRoutes(
                people,
                sessions,
                new Reauth(database, config.clock()),
                new ApiTokens(database, config.clock()),
                config.clock());
        Map<String, LongSupplier> counters = counters(broker, link, ingest, live, retention);
        counters.putAll(new CommandCounts(database, config.clock()).counters());
        counters.put("commandsDeleted", commandRetention::deleted);
        counters.put("auditRowsDeleted", auditRetention::deleted);
        MetricExport export = new MetricExport(latest, devices, counters, config.clock());
        List<Routes> features = new ArrayList<>(List.of(
                auth,
                new PeopleRoutes(people),
                new DeviceRoutes(devices, new Gaps(database), inventory),
                new MetricRoutes(database, latest, export, config.clock()),
                new AuditRoutes(database, Permission.AUDIT),
                new OpsRoutes(checks(database, broker, ingest, link), counters, notices)));
        DeviceKeys keys = new DeviceKeys(database, config.clock());
        DeviceGuard guard = new DeviceGuard(database, keys, contacts, config.clock());
        housekeeping.every(PURGE_EVERY, "delete used nonces", guard::deleteExpired);
        features.add(new DeviceKeyRoutes(keys));
        features.add(new DeviceIngestRoutes(database, guard, new BulkIngest(ingest, database, config.clock())));
        features.add(new DeviceCommandRoutes(database, guard, commands.reports(), commands::told, config.clock()));
        features.addAll(commands.routes());
        Artifacts files = part(openArtifacts(data, database, guard, commands.commands()));
        artifacts = files;
        features.addAll(files.routes());
        HttpServer http = part(HttpServer.start(
                config.bind(),
                config.httpPort(),
                features,
                Map.of(
                        "/api/v1/live",
                        new LiveServlet(live, auth),
                        "/api/v1/device/commands",
                        new DevicePollServlet(guard, commands.polls(), commands::told),
                        Artifacts.DOWNLOADS,
                        files.downloads()),
                new Console("/web")));
        files.start();
        // stopped before HTTP, which would wait for the open streams
        part(live).start();
        httpPort = http.port();
        mqttPort = broker.port();
    }

    private Artifacts openArtifacts(DataDirectory data, Database database, DeviceGuard guard, Commands commands)
            throws StartException, IOException {
        try {
            return Artifacts.open(
                    database, guard, commands, data.artifacts(), data.linkKey(), config.artifacts(), config.clock());
        } catch (IOException e) {
            if (config.artifacts().s3() == null) {
                throw e;
            }
            throw new StartException(StartException.USAGE, e.getMessage() + " (option --s3-bucket)");
        }
    }

    private static Map<String, BooleanSupplier> checks(
            Database database, MqttBroker broker, Ingest ingest, BrokerLink link) {
        Map<String, BooleanSupplier> checks = new LinkedHashMap<>();
        checks.put("database", () -> ingest.failure() == null && database.answers());
        checks.put("broker", broker::isWell);
        checks.put(
                "ingest",
                () -> link.isConnected() && BrokerLink.SUBSCRIPTIONS.stream().allMatch(broker::isSubscribed));
        return checks;
    }

    private static Map<String, LongSupplier> counters(
            MqttBroker broker, BrokerLink link, Ingest ingest, LiveFeed live, Retention retention) {
        Map<String, LongSupplier> counters = new LinkedHashMap<>();
        counters.put("messagesTaken", () -> ingest.counts().taken());
        counters.put("messagesDuplicate", () -> ingest.counts().duplicates());
        counters.put("messagesBad", () -> ingest.counts().bad());
        counters.put("messagesOfUnknownGateways", () -> ingest.counts().unknownGateway());
        counters.put("messagesOfUnknownKind", () -> ingest.counts().unknownKind());
        counters.put("samplesStored", () -> ingest.historyCounts().stored());
        counters.put("samplesRefused", () -> ingest.historyCounts().refused());
        counters.put("messagesWithImpossibleTime", () -> ingest.historyCounts().clockReplaced());
        counters.put("samplesDeleted", retention::deleted);
        counters.put("ingestLagMillis", ingest::lagMillis);
        counters.put("ingestWaiting", ingest::waiting);
        counters.put("ingestWaitingBytes", () -> Math.max(ingest.waitingBytes(), link.unacknowledgedBytes()));
        counters.put("mqttLoginsRefused", broker::refusedLogins);
        counters.put("mqttTopicsRefused", broker::refusedTopics);
        counters.put("liveStreams", live::openStreams);
        return counters;
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    private Database openDatabase(Path file) throws StartException, IOException {
        try {
            return Database.open(file);
        } catch (CorruptDatabaseException e) {
            if (!config.resetCorruptDatabase()) {
                throw new StartException(
                        StartException.CORRUPT,
                        "the database " + e.file() + " is damaged (" + e.getMessage()
                                + "); restore a copy of it, or start with --reset-corrupt-db, which keeps it aside"
                                + " and begins anew without users, gateways and data");
            }
            return openNewDatabase(file);
        }
    }

    private Database openNewDatabase(Path file) throws IOException {
        Path aside = IntegrityCheck.putAside(file, config.clock());
        LOGGER.error("THE DATABASE WAS DAMAGED. It is now {}; this server starts with an empty one", aside);
        notices.add("The database was damaged and put aside; this server started with an empty one.");
        try {
            return Database.open(file);
        } catch (CorruptDatabaseException e) {
            throw new IOException("a new database is damaged", e);
        }
    }

    private People people(Database database, DataDirectory data, Consumer<String> loggedOut)
            throws StartException, IOException {
        People people = new People(database, config.clock(), config.timing().passwords(), loggedOut);
        try {
            people.ensureAdmin(config.adminPasswordFile(), data.firstRunPassword())
                    .ifPresent(file -> LOGGER.info("first start: the password of user 'admin' is in {}", file));
            return people;
        } catch (IllegalArgumentException e) {
            throw new StartException(StartException.USAGE, e.getMessage() + " (option --admin-password-file)");
        }
    }

    private Broker embeddedBroker(DataDirectory data, Database database) throws IOException {
        return Broker.start(
                data.broker(),
                config.bind(),
                config.mqttPort(),
                new GatewayRegistry(database, config.clock()),
                config.clock());
    }

    private BrokerLink.Address addressOf(Broker broker) throws IOException {
        InetAddress address = InetAddress.getByName(config.bind());
        String host =
                address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress().getHostAddress() : config.bind();
        return new BrokerLink.Address(
                host,
                broker.port(),
                null,
                broker.internalUser(),
                broker.internalUser(),
                broker.internalPassword(),
                BrokerLink.RECEIVE_MAXIMUM);
    }

    /** Finds out before anything is touched, so that the message names the option. */
    private void requireFree(int port, String option) throws StartException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(config.bind()), port));
        } catch (UnknownHostException e) {
            throw new StartException(StartException.USAGE, "there is no address " + config.bind() + " (option --bind)");
        } catch (IOException e) {
            throw new StartException(
                    StartException.USAGE,
                    "port " + port + " on " + config.bind() + " is not free (" + e.getMessage()
                            + "); choose another with " + option);
        }
    }
}
