package solutions.itms.scs.station;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.store.FileStores;

/** A station, and another program in the same process, which finds its port in the system property scs.bench.station. */
final class StationBesideMain {
    private StationBesideMain() {}

    /** Arguments: a folder, then the class of the other program and its arguments. */
    public static void main(String[] arguments) throws Exception {
        Clock clock = Clock.systemUTC();
        Settings settings = Settings.of(new Options(Map.of("bind.address", "127.0.0.1", "port", 0)), stored -> stored);
        Surroundings surroundings = new Surroundings(
                clock,
                System::nanoTime,
                address -> address.isLoopbackAddress(),
                address -> address.isLoopbackAddress(),
                () -> new ReferenceTime.Reading(Duration.ZERO, true, "bench"));
        Station station =
                new Station(settings, new FileStores(Path.of(arguments[0]), clock), new Nowhere(), surroundings);
        station.start();
        org.awaitility.Awaitility.await().until(() -> station.port() > 0);
        System.setProperty("scs.bench.station", String.valueOf(station.port()));
        String[] rest = Arrays.copyOfRange(arguments, 2, arguments.length);
        Class.forName(arguments[1]).getMethod("main", String[].class).invoke(null, (Object) rest);
        station.close();
        System.exit(0);
    }

    /** A gateway without a cloud. */
    private static final class Nowhere implements Telemetry {
        @Override
        public void send(String subject, Payload payload, Priority priority) {
            // nobody is there
        }

        @Override
        public AutoCloseable onConnected(Runnable callback) {
            return () -> {};
        }
    }
}
