package solutions.itms.scs.station;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.store.FileStores;

/** A station in a process of its own, which can be killed. */
final class StationProcess implements AutoCloseable {
    private final Process process;
    private final int port;

    private StationProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one on the files in this directory, with this command before it, if any. */
    static StationProcess start(Path directory, List<String> before) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=" + System.getProperty("user.language"),
                "-Duser.country=" + System.getProperty("user.country"),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                StationProcess.class.getName(),
                directory.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the station has not started: " + command);
        }
        return new StationProcess(process, Integer.parseInt(line));
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Ends it as a power cut would. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /** Called in the process. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        Clock clock = Clock.systemUTC();
        Settings settings = Settings.of(
                new Options(Map.of("bind.address", "127.0.0.1", "port", 0, "write.behind", 1)), text -> text);
        Surroundings surroundings = new Surroundings(
                clock,
                System::nanoTime,
                InetAddress::isLoopbackAddress,
                InetAddress::isLoopbackAddress,
                () -> new ReferenceTime.Reading(Duration.ZERO, true, "test"));
        Station station = new Station(
                settings, new FileStores(Path.of(arguments[0]), clock), new StationFixture.Sent(), surroundings);
        station.start();
        while (station.port() == 0) {
            Thread.onSpinWait();
        }
        System.out.println(station.port());
        new CountDownLatch(1).await();
    }
}
