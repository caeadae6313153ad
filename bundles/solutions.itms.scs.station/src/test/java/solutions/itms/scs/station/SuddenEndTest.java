package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.store.FileStores;

/** Kills the station under load, four times; with {@code -Dscs.kill.rounds=100} as often as that. */
class SuddenEndTest {
    private static final int ROUNDS = Integer.getInteger("scs.kill.rounds", 4);
    private static final int DEVICES = 8;

    @TempDir
    Path directory;

    private final Random random = new Random();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Device> devices =
            IntStream.range(0, DEVICES).mapToObj(i -> new Device("G" + i)).toList();
    private long audited;

    @Test
    @Timeout(3_600)
    @DisplayName("O3, H3: nothing acknowledged is lost or half applied when the station is killed")
    void nothingAcknowledgedIsLostOrHalfApplied() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            StationProcess station = StationProcess.start(directory, List.of());
            try {
                List<Thread> threads = new ArrayList<>();
                CountDownLatch loaded = new CountDownLatch(DEVICES);
                for (Device device : devices) {
                    Thread thread = new Thread(() -> device.drive(station.port(), loaded), device.id);
                    thread.start();
                    threads.add(thread);
                }
                assertThat(loaded.await(20, TimeUnit.SECONDS)).isTrue();
                // the kill comes at no particular moment: this is no waiting for something
                new CountDownLatch(1).await(random.nextInt(400), TimeUnit.MILLISECONDS);
                station.close();
                for (Thread thread : threads) {
                    thread.join(10_000);
                    assertThat(thread.isAlive()).isFalse();
                }
            } finally {
                station.close();
            }
            verify(round);
        }
        assertThat(audited).as("there was load").isGreaterThan((long) ROUNDS * DEVICES);
    }

    private void verify(int round) throws Exception {
        Alarms alarms = new Alarms(
                new StationFixture.Sent(), Clock.systemUTC(), System::nanoTime, Duration.ofMinutes(1), Journal.NONE);
        try (StationDatabase database = new StationDatabase(
                new FileStores(directory, Clock.systemUTC()),
                directory.resolve(StationDatabase.STANDARD_NAME),
                alarms)) {
            assertThat(database.open()).isTrue();
            assertThat(alarms.all()).isEmpty();
            Map<String, Wish> wishes =
                    database.read(WishTable::loadAll).stream().collect(Collectors.toMap(Wish::id, Function.identity()));
            Map<String, Gate> gates =
                    database.read(GateTable::loadAll).stream().collect(Collectors.toMap(Gate::id, Function.identity()));
            for (Device device : devices) {
                String where = "round " + round + ", " + device.id;
                State stored = State.of(wishes.get(device.id), gates.get(device.id));
                assertThat(List.of(device.acknowledged, device.asked)).as(where).contains(stored);
                assertThat(newestTransition(database, device.id)).as(where).isEqualTo(stored.status);
                device.acknowledged = stored;
                device.asked = stored;
            }
            Audit.Verdict verdict = database.read(Audit::verify);
            long acknowledged =
                    devices.stream().mapToLong(device -> device.controls.get()).sum();
            assertThat(verdict.brokenAt()).isNull();
            assertThat(verdict.entries() - audited).isBetween(acknowledged, acknowledged + DEVICES);
            audited = verdict.entries();
            devices.forEach(device -> device.controls.set(0));
        }
    }

    private static @Nullable String newestTransition(StationDatabase database, String id) throws Exception {
        return database.read(statements -> {
            var select = statements.get("SELECT new_status FROM transition WHERE id = ? ORDER BY seq DESC LIMIT 1");
            select.setString(1, id);
            try (var rows = select.executeQuery()) {
                return rows.next() ? rows.getString(1) : "none";
            }
        });
    }

    /** What is stored of one device. */
    private record State(String operation, String aisleMode, String last, String status) {
        static State of(@Nullable Wish wish, @Nullable Gate gate) {
            Wish known = wish == null ? Wish.none("") : wish;
            return new State(
                    String.valueOf(known.operation().value()),
                    String.valueOf(known.aisleMode().value()),
                    String.valueOf(known.inserviceLast()),
                    gate == null ? "none" : gate.reported().text());
        }
    }

    /** One device, its gate and whoever controls it: one request after the other, until the station is gone. */
    private final class Device {
        private final String id;
        private volatile State acknowledged = State.of(null, null);
        private volatile State asked = acknowledged;
        private final AtomicLong controls = new AtomicLong();

        Device(String id) {
            this.id = id;
        }

        void drive(int port, CountDownLatch loaded) {
            try {
                for (int i = 0; ; i++) {
                    State before = acknowledged;
                    boolean control = request(port, before, random.nextInt(4));
                    acknowledged = asked;
                    if (control) {
                        controls.incrementAndGet();
                    }
                    if (i == 3) {
                        loaded.countDown();
                    }
                }
            } catch (IOException e) {
                // the station was killed
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Sends one request and waits until it is acknowledged; whether it was a control write. */
        private boolean request(int port, State s, int kind) throws IOException, InterruptedException {
            Operation operation = List.of(Operation.values()).get(random.nextInt(6));
            switch (kind) {
                case 0 -> {
                    String last = operation.isInService() ? operation.name() : s.last;
                    asked = new State(operation.name(), s.aisleMode, last, s.status);
                    post(port, "/operation/" + id, "{\"operation\":\"" + operation.text() + "\"}");
                }
                case 1 -> {
                    int mode = random.nextInt(4);
                    asked = new State(s.operation, String.valueOf(mode), s.last, s.status);
                    post(port, "/aisle-mode/" + id, "{\"aisleMode\":" + mode + "}");
                }
                case 2 -> {
                    asked = new State(s.operation, s.aisleMode, "INSERVICE_EXIT", s.status);
                    post(port, "/inservice-last/" + id, "{\"op\":\"inservice_exit\"}");
                }
                default -> {
                    String status = List.of("online", "maintenance", "fault").get(random.nextInt(3));
                    asked = new State(s.operation, s.aisleMode, s.last, status);
                    post(port, "/hb", "{\"id\":\"" + id + "\",\"ip\":\"10.0.0.1\",\"status\":\"" + status + "\"}");
                }
            }
            return kind < 3;
        }

        private void post(int port, String path, String body) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(5))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build();
            int status = http.send(request, BodyHandlers.ofString()).statusCode();
            if (status != 200) {
                throw new IllegalStateException(path + " was answered with " + status);
            }
        }
    }
}
