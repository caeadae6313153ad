package solutions.itms.scs.station;

import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.GateBeats;
import solutions.itms.scs.message.GateState;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.store.FileStores;
import solutions.itms.scs.store.Stores;

/** A station on a free port of the loopback interface, its clocks in the hands of the test. */
abstract class StationFixture {
    static final String BEAT =
            "{\"id\":\"G1-01\",\"ip\":\"192.168.1.101\",\"status\":\"online\",\"ts\":\"2025-08-14T13:31:52Z\"}";

    @TempDir
    Path directory;

    final HttpClient http = HttpClient.newHttpClient();
    final AtomicLong now = new AtomicLong(Instant.parse("2025-08-15T14:56:34Z").toEpochMilli());
    final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    };
    final AtomicLong nanos = new AtomicLong();
    final Sent sent = new Sent();
    volatile ReferenceTime.Reading reference = new ReferenceTime.Reading(Duration.ZERO, true, "test");

    @SuppressWarnings("NullAway.Init")
    Station station;

    @BeforeEach
    void start() {
        station = station(settings(0, "Asia/Bangkok"));
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
    }

    static Settings settings(int port, String zone) {
        return settings(Map.of("port", port, "time.tz", zone));
    }

    /** Settings for a test, with these beside and before the usual ones. */
    static Settings settings(Map<String, ?> properties) {
        Map<String, Object> all = new HashMap<>(Map.of("bind.address", "127.0.0.1", "port", 0, "beats.interval", 1));
        all.putAll(properties);
        return Settings.of(new Options(all), text -> text);
    }

    Station station(Settings settings) {
        return station(settings, new FileStores(directory, clock));
    }

    Station station(Settings settings, Stores stores) {
        Station started = new Station(settings, stores, sent, surroundings());
        started.start();
        await().until(() -> started.port() > 0);
        return started;
    }

    /** Where the test runs: what comes from any other loopback address than the usual one is foreign. */
    Surroundings surroundings() {
        return new Surroundings(
                clock,
                nanos::get,
                address -> address.getHostAddress().equals("127.0.0.1"),
                address -> address.isLoopbackAddress(),
                () -> reference);
    }

    /** Closes the station and starts another one on the same files. */
    void restart(Map<String, ?> properties) throws Exception {
        station.close();
        station = station(settings(properties));
    }

    /** Lets both clocks run. */
    void pass(Duration time) {
        now.addAndGet(time.toMillis());
        nanos.addAndGet(time.toNanos());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + station.port() + path);
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
    }

    /** What the server answers to these characters, until it closes the connection. */
    String raw(String request) throws Exception {
        return rawFrom("127.0.0.1", request);
    }

    /** The same, from this address of the loopback network. */
    String rawFrom(String source, String request) throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getByName("127.0.0.1"), station.port(), InetAddress.getByName(source), 0)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A request as a gate at this address makes it; the header lines, if any, end with a line break. */
    String requestFrom(String source, String method, String path, String headers, String body) throws Exception {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return rawFrom(
                source,
                method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
                        + "Content-Length: " + length + "\r\n\r\n" + body);
    }

    String postFrom(String source, String path, String body) throws Exception {
        return requestFrom(source, "POST", path, "Content-Type: application/json\r\n", body);
    }

    String getFrom(String source, String path) throws Exception {
        return requestFrom(source, "GET", path, "", "");
    }

    /** Keeps what is sent, in the order of the calls. */
    static final class Sent implements Telemetry {
        final List<GateBeats> beats = new CopyOnWriteArrayList<>();
        private final List<String> states = new CopyOnWriteArrayList<>();
        private final List<String> alarms = new CopyOnWriteArrayList<>();
        private final List<Runnable> callbacks = new CopyOnWriteArrayList<>();

        List<String> states() {
            return states;
        }

        /** Kind, subject and state of each. */
        List<String> alarms() {
            return alarms;
        }

        void connect() {
            callbacks.forEach(Runnable::run);
        }

        @Override
        public void send(String subject, Payload payload, Priority priority) {
            try {
                if (subject.equals(GateBeats.SUBJECT)) {
                    beats.add(GateBeats.from(payload));
                } else if (subject.equals("event/alarm")) {
                    String device = payload.text("device");
                    String of = device == null ? payload.text("source") : device;
                    alarms.add(payload.text("kind") + " " + of + " " + payload.text("state"));
                } else {
                    GateState state = GateState.from(payload);
                    states.add(state.id() + " " + state.status());
                }
            } catch (solutions.itms.scs.message.MalformedPayloadException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public AutoCloseable onConnected(Runnable callback) {
            callbacks.add(callback);
            return () -> callbacks.remove(callback);
        }
    }
}
