package solutions.itms.scs.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.db.PostgresAddress;
import solutions.itms.scs.testkit.FreePort;

/**
 * A real PostgreSQL on a loopback port, with its data in a temporary directory. It ends with this process, however that
 * ends. PostgreSQL refuses to run as root; then it runs as the user {@code postgres}, which its package made.
 */
public final class PostgresCluster implements AutoCloseable {
    private static final String USER = "scs";
    private static final String PASSWORD = "not a secret: loopback, and gone in a minute";
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final int START_SECONDS = 60;

    private final Path directory;
    private final int port;
    private final List<String> settings;
    private final AtomicInteger databases = new AtomicInteger();
    private @Nullable Process process;

    private PostgresCluster(Path directory, int port, List<String> settings) {
        this.directory = directory;
        this.port = port;
        this.settings = settings;
    }

    /**
     * Makes a cluster and starts it.
     *
     * @param settings such as {@code fsync=off}
     */
    public static PostgresCluster start(String... settings) throws IOException {
        Path directory = Files.createTempDirectory("scs-postgres");
        Path password = directory.resolve("password");
        Files.writeString(password, PASSWORD + "\n");
        if (isRoot()) {
            run(List.of("chown", "-R", "postgres:", directory.toString()));
        }
        List<String> initdb = asOrdinaryUser(program("initdb"));
        initdb.addAll(List.of("-D", directory.resolve("data").toString(), "-U", USER, "--pwfile=" + password));
        initdb.addAll(List.of("--auth=scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"));
        run(initdb);
        PostgresCluster cluster = new PostgresCluster(directory, FreePort.next(), List.of(settings));
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        cluster.resume();
        return cluster;
    }

    /** A new, empty database. */
    public PostgresAddress freshDatabase() {
        String name = "t" + databases.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url("postgres"), USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new PostgresAddress(url(name), USER, PASSWORD);
    }

    /** Ends it at once, as a crash would. */
    public void kill() throws IOException {
        Process running = process;
        if (running != null) {
            running.getOutputStream().close();
            awaitEnd(running);
            process = null;
        }
    }

    /** Starts it again; returns when it answers. */
    public void resume() throws IOException {
        List<String> postgres = asOrdinaryUser(program("postgres"));
        Path data = directory.resolve("data");
        postgres.addAll(List.of("-D", data.toString(), "-k", directory.toString(), "-p", Integer.toString(port)));
        postgres.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "shared_buffers=64MB"));
        settings.forEach(setting -> postgres.addAll(List.of("-c", setting)));
        // the shell outlives this process by a moment, and takes the database with it
        List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" & read -r _; kill -QUIT $!; wait", "sh"));
        command.addAll(postgres);
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
        process = started;
        awaitAnswer(started);
    }

    @Override
    public void close() {
        try {
            kill();
            try (var files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            // closed before
        }
    }

    private void awaitAnswer(Process started) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try (Connection connection = DriverManager.getConnection(url("postgres"), USER, PASSWORD)) {
                return;
            } catch (SQLException e) {
                if (!started.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException(Files.readString(directory.resolve("log")), e);
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static List<String> asOrdinaryUser(String program) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(program);
        return command;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** The newest that is installed. */
    private static String program(String name) throws IOException {
        try (var versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin").resolve(name))
                    .filter(Files::isExecutable)
                    .max(Comparator.comparing(
                            program -> program.getName(3).toString().length() + program.toString()))
                    .orElseThrow(() -> new IOException("PostgreSQL is needed: apt-get install postgresql"))
                    .toString();
        }
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String told = new String(process.getInputStream().readAllBytes(), UTF_8);
        awaitEnd(process);
        if (process.exitValue() != 0) {
            throw new IOException(command + ": " + told);
        }
    }

    private static void awaitEnd(Process process) throws IOException {
        try {
            if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("a process did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
