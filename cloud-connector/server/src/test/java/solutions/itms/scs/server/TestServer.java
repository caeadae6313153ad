package solutions.itms.scs.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.artifact.ArtifactSettings;
import solutions.itms.scs.server.auth.PasswordCost;
import solutions.itms.scs.server.auth.Sessions;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.PostgresAddress;

/** A real server on free ports, with a clock that the test moves. */
public final class TestServer implements AutoCloseable {
    public static final String PASSWORD = "correct horse";
    public static final Duration STALE_AFTER = Duration.ofMinutes(3);
    public static final Duration IDLE = Duration.ofHours(12);
    public static final Duration WHOLE = Duration.ofDays(30);

    /** Most tests log in, and none is about guessing passwords. */
    private static final PasswordCost CHEAP = new PasswordCost(64, 1);

    private final Path data;
    private final ManualClock clock = new ManualClock();
    private final @Nullable PostgresAddress postgres = TestDatabase.freshPostgres();
    private final ArtifactSettings artifacts;
    private Server server;

    private TestServer(Path data, ArtifactSettings artifacts) throws Exception {
        this.data = data;
        this.artifacts = artifacts;
        this.server = Server.start(config());
    }

    public static TestServer start(Path directory) throws Exception {
        return start(directory, ArtifactSettings.DEFAULT);
    }

    public static TestServer start(Path directory, ArtifactSettings artifacts) throws Exception {
        return new TestServer(directory.resolve("data"), artifacts);
    }

    /** Deletes what is old and stray. */
    public void sweepArtifacts() throws Exception {
        server.artifacts().sweep();
    }

    public ManualClock clock() {
        return clock;
    }

    public Path data() {
        return data;
    }

    /** Stops the server and starts another on the same data; ports change. */
    public void restart() throws Exception {
        server.close();
        server = Server.start(config());
    }

    /** Registers a gateway with the real command, and returns its MQTT password. */
    public String addGateway(String id) {
        return addGateway(data, id, TestDatabase.options(postgres, data));
    }

    public String renewGateway(String id) {
        List<String> options = new ArrayList<>(List.of(TestDatabase.options(postgres, data)));
        options.add("--renew");
        return addGateway(data, id, options.toArray(new String[0]));
    }

    static String addGateway(Path data, String id, String... options) {
        return passwordIn(configuration(data, id, options));
    }

    private static String configuration(Path data, String id, String... options) {
        return run(data, "add-gateway", id, options);
    }

    /** A command without an argument. */
    public String run(String command) {
        return run(data, command, "");
    }

    /** What the command printed. */
    public static String run(Path data, String command, String argument, String... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> words = new ArrayList<>(List.of(command));
        if (!argument.isEmpty()) {
            words.add(argument);
        }
        words.addAll(List.of("--data", data.toString()));
        words.addAll(List.of(options));
        int status = Main.run(words, new PrintStream(out, true, StandardCharsets.UTF_8), System.err);
        if (status != 0) {
            throw new IllegalStateException(command + " ended with " + status);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    public static String passwordIn(String configuration) {
        return configuration
                .lines()
                .filter(line -> line.contains("/password="))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .findFirst()
                .orElseThrow();
    }

    /** Runs a command with one argument on this server's data, and returns what it prints. */
    public String command(String name, String argument) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> words = new ArrayList<>(List.of(name, argument, "--data", data.toString()));
        words.addAll(List.of(TestDatabase.options(postgres, data)));
        int status = Main.run(words, new PrintStream(out, true, StandardCharsets.UTF_8), System.err);
        if (status != 0) {
            throw new IllegalStateException(name + " ended with " + status);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** A gateway that is registered but not connected. */
    public TestGateway gateway(String id) {
        return new TestGateway(mqttUrl(), id, addGateway(id));
    }

    /** A gateway that is registered, and takes commands once it is connected. */
    public CommandGateway commandGateway(String id) {
        String configuration = configuration(data, id, TestDatabase.options(postgres, data));
        return new CommandGateway(id, new TestGateway(mqttUrl(), id, passwordIn(configuration)), configuration);
    }

    /** A key for the HTTP API of devices, as {@code id:secret}. */
    public String addDeviceKey(String gateway) {
        return command("add-device-key", gateway).strip();
    }

    public void revokeKey(String key) {
        command("revoke-key", key);
    }

    /** What the command printed. */
    public String command(String name, String argument, String... more) {
        List<String> options = new ArrayList<>(List.of(TestDatabase.options(postgres, data)));
        options.addAll(List.of(more));
        return run(data, name, argument, options.toArray(new String[0]));
    }

    /** Changes the database behind the server's back. */
    public void database(String sql) throws Exception {
        try (Database database = openDatabase()) {
            database.write(transaction -> transaction.update(sql));
        }
    }

    public long count(String sql) throws Exception {
        try (Database database = openDatabase()) {
            return database.write(transaction -> transaction.number(sql));
        }
    }

    Database openDatabase() throws Exception {
        return postgres == null ? Database.open(data.resolve("scs.db")) : Database.open(postgres);
    }

    /** The same gateway after the server was started anew on another port. */
    public CommandGateway again(CommandGateway gateway) {
        return gateway.at(mqttUrl());
    }

    /** An API client of a new person with this role, who is logged in. */
    public TestApi person(String name, String role) {
        String body = "{\"username\":\"%s\",\"role\":\"%s\",\"password\":\"%s\"}".formatted(name, role, PASSWORD);
        if (admin().post("/api/v1/users", body).statusCode() != 201) {
            throw new IllegalStateException("the user could not be made");
        }
        TestApi api = api();
        api.login(name, PASSWORD);
        return api;
    }

    public String mqttUrl() {
        return "tcp://127.0.0.1:" + server.mqttPort();
    }

    public int mqttPort() {
        return server.mqttPort();
    }

    public TestApi api() {
        return new TestApi("http://127.0.0.1:" + server.httpPort());
    }

    /** An API client that is logged in. */
    public TestApi admin() {
        TestApi api = api();
        api.login("admin", PASSWORD);
        return api;
    }

    @Override
    public void close() {
        server.close();
    }

    private ServerConfig config() throws IOException {
        Files.createDirectories(data);
        Path password = data.resolveSibling("password");
        Files.writeString(password, PASSWORD + "\n");
        return new ServerConfig(
                data,
                "127.0.0.1",
                0,
                0,
                password,
                false,
                postgres,
                null,
                ServerConfig.Keep.DEFAULT,
                artifacts,
                clock,
                new ServerConfig.Timing(
                        STALE_AFTER,
                        Duration.ofMillis(50),
                        Duration.ofMillis(50),
                        Duration.ofMillis(20),
                        new Sessions.Limits(IDLE, WHOLE),
                        CHEAP));
    }
}
