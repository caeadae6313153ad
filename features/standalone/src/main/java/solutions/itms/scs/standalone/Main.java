package solutions.itms.scs.standalone;

import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;

/**
 * Runs a gateway without Kura until it is told to stop. Prints one line {@code ready station=URL} on standard output
 * once the heartbeat server answers.
 */
public final class Main {
    private static final int USAGE = 2;
    private static final int FAILED = 1;
    private static final long START_SECONDS = 60;

    private Main() {}

    /** See {@link Arguments#USAGE}. */
    public static void main(String[] args) throws Exception {
        if (args.length == 1 && (args[0].equals("--help") || args[0].equals("help"))) {
            out().print(Arguments.USAGE);
            return;
        }
        Arguments arguments = arguments(args);
        FileLock lock = lock(arguments.data());
        if (lock == null) {
            exit(
                    USAGE,
                    "another gateway is running on " + arguments.data() + "; choose another folder with --data DIR");
        }
        requireFree(arguments.stationPort());
        Path bundles = Path.of(System.getProperty("scs.bundles", "bundles"));
        Framework framework = new Framework(bundles, arguments.data(), write(arguments));
        CountDownLatch stopped = stopWithJvm(framework);
        framework.start();
        String station = "http://127.0.0.1:" + arguments.stationPort();
        if (!answers(station + "/time")) {
            exit(FAILED, "the heartbeat server does not answer on " + station + "; see the messages above");
        }
        out().println("ready station=" + station);
        stopped.await();
    }

    private static Arguments arguments(String[] args) {
        try {
            return Arguments.parse(args, System.getenv());
        } catch (Configuration.ConfigurationException e) {
            throw exit(USAGE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw exit(USAGE, "a configuration file can't be read: " + e);
        }
    }

    private static @Nullable FileLock lock(Path data) throws IOException {
        Files.createDirectories(data);
        // the channel stays open, and the lock held, until the process ends
        return FileChannel.open(data.resolve("gateway.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .tryLock();
    }

    private static void requireFree(int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(port));
        } catch (java.net.BindException e) {
            exit(USAGE, "port " + port + " is in use; choose another one with --station-port N");
        }
    }

    /** The properties of the components as the framework will read them; they hold passwords. */
    private static Path write(Arguments arguments) throws IOException {
        Path file = arguments.data().resolve("effective.properties");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        StringBuilder text = new StringBuilder();
        arguments
                .configuration()
                .pids()
                .forEach((pid, properties) -> properties.forEach((key, value) -> text.append(pid)
                        .append('/')
                        .append(key)
                        .append('=')
                        .append(value)
                        .append('\n')));
        Files.writeString(file, text, StandardCharsets.UTF_8);
        return file;
    }

    private static CountDownLatch stopWithJvm(Framework framework) {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                framework.close();
            } catch (BundleException | InterruptedException e) {
                err().println("gateway: did not stop cleanly: " + e);
            }
            stopped.countDown();
            // a signal would make the exit status 143, though everything ended as it was asked to
            Runtime.getRuntime().halt(0);
        }));
        return stopped;
    }

    private static boolean answers(String url) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < end) {
            if (answersOnce(url)) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return false;
    }

    private static boolean answersOnce(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(1_000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends the process; declared to return something so that callers can {@code throw} it. */
    private static RuntimeException exit(int status, String message) {
        err().println("gateway: " + message);
        Runtime.getRuntime().halt(status);
        return new IllegalStateException(message);
    }

    private static PrintStream out() {
        return System.out;
    }

    private static PrintStream err() {
        return System.err;
    }
}
