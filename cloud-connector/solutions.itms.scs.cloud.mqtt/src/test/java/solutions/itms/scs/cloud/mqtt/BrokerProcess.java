package solutions.itms.scs.cloud.mqtt;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import solutions.itms.scs.testkit.FreePort;

/** A broker as a process of its own, which can be killed and started again on the same port. */
final class BrokerProcess implements AutoCloseable {
    private final List<String> command;
    private final File log;
    private final int port;
    private Process process;

    private BrokerProcess(List<String> command, int port, Path directory) throws IOException {
        this.command = command;
        this.port = port;
        this.log = directory.resolve("broker.log").toFile();
        start();
    }

    /** Debian's mosquitto, as it comes: it forgets what it has queued when it is killed. */
    static BrokerProcess mosquitto(Path directory) throws Exception {
        int port = FreePort.next();
        File standard = new File("/usr/sbin/mosquitto");
        String program = standard.exists() ? standard.getPath() : "mosquitto";
        return new BrokerProcess(List.of(program, "-p", Integer.toString(port)), port, directory);
    }

    /** Artemis, with its journal in the directory. */
    static BrokerProcess artemis(Path directory) throws Exception {
        int port = FreePort.next();
        List<String> command = java(BrokerProcess.class, Integer.toString(port), directory.toString());
        return new BrokerProcess(command, port, directory);
    }

    /** The command that runs a class of the tests in a JVM of its own. */
    static List<String> java(Class<?> main, String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    public static void main(String[] args) throws Exception {
        TestBroker.start(Integer.parseInt(args[0]), Path.of(args[1]));
        while (true) {
            LockSupport.park();
        }
    }

    int port() {
        return port;
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    void start() throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(this::accepts);
    }

    private boolean accepts() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
