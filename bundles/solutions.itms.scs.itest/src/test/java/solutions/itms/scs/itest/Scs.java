package solutions.itms.scs.itest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The script, running as a person would run it, on what has been built. */
final class Scs implements AutoCloseable {
    private static final String SHORT_LIVED = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    static final Duration PATIENCE = Duration.ofSeconds(60);

    static {
        Awaitility.setDefaultTimeout(PATIENCE);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
    }

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private final CountDownLatch ready = new CountDownLatch(1);

    Scs(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("./scs"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Path.of("../..").toFile());
        builder.environment().put("SCS_NO_BUILD", "1");
        // as it comes, but for the compiler: these processes live for seconds
        builder.environment().put("SCS_SERVER_JAVA_OPTS", "-Xmx768m " + SHORT_LIVED);
        builder.environment().put("SCS_GATEWAY_JAVA_OPTS", "-Xmx128m " + SHORT_LIVED);
        process = builder.start();
        process.getOutputStream().close();
        read(new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)), out);
        read(new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8)), err);
    }

    /** Waits for the ready line and returns it. */
    String ready() throws InterruptedException {
        if (!ready.await(90, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not ready; it said " + err);
        }
        return out.stream()
                .filter(line -> line.startsWith("ready "))
                .findFirst()
                .orElseThrow();
    }

    /** What it says to people. */
    List<String> said() {
        return List.copyOf(err);
    }

    List<String> standardOutput() {
        return List.copyOf(out);
    }

    /** Sends a signal and waits for the end; the exit status. */
    int stop(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        return exit();
    }

    /** Waits for the end; the exit status. */
    int exit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running; it said " + err);
        }
        for (Thread reader : readers) {
            // what it said last may not have been read yet; a child that goes on holds it open
            reader.join(5_000);
        }
        return process.exitValue();
    }

    @Override
    public void close() throws Exception {
        if (process.isAlive()) {
            stop("TERM");
        }
    }

    /**
     * A port that is free, and so is the one after it; none of those that the system hands out (Linux: 32768 and above),
     * which another test could be given in the moment before the server takes it.
     */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
            try (ServerSocket one = new ServerSocket(port);
                    ServerSocket next = new ServerSocket(port + 1)) {
                return Math.min(one.getLocalPort(), next.getLocalPort());
            } catch (IOException e) {
                // taken: others are not
            }
        }
    }

    /** Command lines of the processes that have this text in theirs. */
    static List<String> processesWith(String text) {
        return ProcessHandle.allProcesses()
                .filter(handle -> handle.pid() != ProcessHandle.current().pid())
                .map(handle -> handle.info().commandLine().orElse(""))
                .filter(line -> line.contains(text))
                .toList();
    }

    private void read(BufferedReader reader, List<String> lines) {
        Thread thread = new Thread(() -> {
            try (reader) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                    if (line.startsWith("ready ")) {
                        ready.countDown();
                    }
                }
            } catch (IOException e) {
                lines.add("(" + e + ")");
            }
        });
        thread.setDaemon(true);
        readers.add(thread);
        thread.start();
    }
}
