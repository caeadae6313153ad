package solutions.itms.scs.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.TestDatabase;
import solutions.itms.scs.server.db.PostgresAddress;
import solutions.itms.scs.testkit.FreePort;

/** The real server as a process of its own, on the same ports after each start. */
public final class ServerProcess implements AutoCloseable {
    public static final String PASSWORD = "correct horse";

    private final Path directory;
    private final List<String> command;
    private final int httpPort;
    private final int mqttPort;
    private @Nullable Process process;

    private ServerProcess(Path directory, List<String> command, int httpPort, int mqttPort) {
        this.directory = directory;
        this.command = command;
        this.httpPort = httpPort;
        this.mqttPort = mqttPort;
    }

    /**
     * Starts a server on the data in {@code directory}; returns when it is ready.
     *
     * @param postgres null for SQLite
     * @param more further options of {@code run}
     */
    public static ServerProcess start(Path directory, @Nullable PostgresAddress postgres, String... more)
            throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Path password = directory.resolve("password");
        Files.writeString(password, PASSWORD + "\n");
        int http = FreePort.next();
        int mqtt = FreePort.next();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                System.getProperty("scs.bench.server.options", "-Xmx768m").split(" ")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "solutions.itms.scs.server.Main", "run"));
        command.addAll(List.of("--data", directory.resolve("data").toString()));
        command.addAll(List.of("--http-port", Integer.toString(http), "--mqtt-port", Integer.toString(mqtt)));
        command.addAll(List.of("--admin-password-file", password.toString()));
        command.addAll(List.of(TestDatabase.options(postgres, directory.resolve("data"))));
        command.addAll(List.of(more));
        ServerProcess server = new ServerProcess(directory, command, http, mqtt);
        server.start();
        return server;
    }

    /** Starts it again. */
    public void start() throws IOException {
        Path out = directory.resolve("server.out");
        Files.deleteIfExists(out);
        Process started = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("server.log").toFile()))
                .start();
        process = started;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!Files.readString(out).contains("ready ")) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("the server did not start; see " + directory.resolve("server.log") + ": "
                        + Files.readString(directory.resolve("server.log")));
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Ends it as a power cut would, but for what the operating system has. */
    public void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    public String url() {
        return "http://127.0.0.1:" + httpPort;
    }

    public int mqttPort() {
        return mqttPort;
    }

    public String mqttUrl() {
        return "tcp://127.0.0.1:" + mqttPort;
    }

    /** Time that it has used of a core, in hundredths of a second. */
    long cpuTicks() throws IOException {
        String[] stat = Files.readString(Path.of("/proc/" + pid() + "/stat")).split(" ");
        return Long.parseLong(stat[13]) + Long.parseLong(stat[14]);
    }

    /** Memory that it has in use. */
    long rssMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    private long pid() {
        return process == null ? -1 : process.pid();
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                kill();
            }
        }
    }
}
