package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.station.config.StationFile;
import solutions.itms.scs.store.FileStores;
import solutions.itms.scs.testkit.FreePort;

class ConfiguredStationTest {
    private static final ZoneId BANGKOK = ZoneId.of("Asia/Bangkok");
    private static final Instant NOW = Instant.parse("2025-08-14T18:00:00Z");

    @TempDir
    Path directory;

    private final Clock clock = Clock.fixed(NOW, BANGKOK);
    private final List<StationFile> started = new ArrayList<>();
    private final Sent sent = new Sent();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Object> properties = new HashMap<>();
    private @Nullable ConfiguredStation configured;
    private Path file;
    private int port;

    @BeforeEach
    void prepare() throws IOException {
        file = directory.resolve("config.json");
        port = FreePort.next();
        properties.put("bind.address", "127.0.0.1");
    }

    @AfterEach
    void stop() throws Exception {
        if (configured != null) {
            configured.close();
        }
    }

    @Test
    @DisplayName("C1: without a file the component's properties are all there is")
    void withoutAFileThePropertiesAreAllThereIs() throws Exception {
        properties.put("port", port);
        properties.put("time.tz", "Asia/Bangkok");
        start();
        listening(port);
        beat(port);
        assertThat(log("app/2025-08-15.log")).contains("info - Listening on port " + port);
    }

    @Test
    @DisplayName("C1, L10: the file goes before the properties, and defaults are said one by one")
    void theFileGoesBeforeTheProperties() throws Exception {
        properties.put("port", FreePort.next());
        write(reference().replace("  \"logLevel\": \"info\",\n", ""));
        start();
        listening(port);
        // the number in the name of the folder may look like that of a card, which a log hides
        assertThat(log("app/2025-08-15.log"))
                .contains(
                        "2025-08-15T01:00:00.000+07:00 info 13 Configured by /",
                        "/" + file.getFileName() + "\n",
                        "info 13 logLevel is not in the file: info by default",
                        "warn 13 deviceProbePort is 2222, not 22");
    }

    @Test
    @DisplayName("N3: a probe port other than 22 is warned of at start, with a file and without")
    void anotherProbePortIsWarnedOf() throws Exception {
        properties.put("port", port);
        properties.put("time.tz", "Asia/Bangkok");
        start();
        listening(port);
        assertThat(log("app/2025-08-15.log")).contains("warn - deviceProbePort is 2222, not 22: the firewall must");
    }

    @Test
    @DisplayName("C3 the database is where databasePath says, from the folder of config.json on")
    void theDatabaseIsWhereTheFileSays() throws Exception {
        write(reference());
        start();
        listening(port);
        beat(port);
        assertThat(directory.resolve("database/app.sqlite")).isNotEmptyFile();
        assertThat(directory.resolve(StationDatabase.STANDARD_NAME)).doesNotExist();
    }

    @Test
    @DisplayName("C10 stationIp of the file is listened on when it is ours, beside 127.0.0.1")
    void theStationsAddressIsListenedOn() throws Exception {
        properties.remove("bind.address");
        write(reference().replace("192.168.1.100", "127.0.0.21"));
        start();
        listening(port);
        assertThat(log("app/2025-08-15.log")).contains("Listening on port " + port + " of 127.0.0.21 and 127.0.0.1");
    }

    @Test
    @DisplayName("C4, C2: a wrong file keeps the station from starting, and starts it once it is right")
    void aWrongFileKeepsTheStationFromStarting() throws Exception {
        write(reference().replace("\"logsPath\"", "\"logPath\""));
        ConfiguredStation station = start();
        assertThat(station.station()).isNull();
        write(reference());
        station.check();
        listening(port);
    }

    @Test
    @DisplayName("C2: a wrong file keeps the last good configuration, with its errors in the log once")
    void aWrongFileKeepsTheLastGoodConfiguration() throws Exception {
        write(reference());
        ConfiguredStation station = start();
        listening(port);
        Station before = station.station();
        write(reference().replace("\"stationId\": \"13\"", "\"stationId\": 13, \"x\\ny\": 1"));
        for (int i = 0; i < 5; i++) {
            station.check();
        }
        beat(port);
        assertThat(station.station()).isSameAs(before);
        assertThat(log("app/2025-08-15.log"))
                .containsOnlyOnce("$.stationId: must be a string, is 13 (type)")
                .containsOnlyOnce("$['x?y']: is an unknown key (additionalProperties)")
                .containsOnlyOnce("The station goes on with the last good configuration");
        Files.delete(file);
        station.check();
        station.check();
        beat(port);
    }

    @Test
    @DisplayName("N2, C13: a changed port applies without a restart of the component")
    void aChangedPortApplies() throws Exception {
        write(reference());
        ConfiguredStation station = start();
        listening(port);
        beat(port);
        int next = FreePort.next();
        write(reference().replace("" + port, "" + next));
        station.check();
        listening(next);
        assertThat(get(next, "/hb")).contains("G1-01");
    }

    @Test
    @DisplayName("C5, C6: another log level makes no gap in the service")
    void anotherLogLevelMakesNoGap() throws Exception {
        write(reference());
        ConfiguredStation station = start();
        listening(port);
        Station before = station.station();
        write(reference().replace("\"info\"", "\"debug\""));
        station.check();
        assertThat(station.station()).isSameAs(before);
        beat(port);
        assertThat(log("http/2025-08-15.log"))
                .contains("debug 13 POST /hb by 127.0.0.1 of G1-01 answered with 200 in ");
    }

    @Test
    @DisplayName("L7, L8, L9: requests, refusals and devices are in their files")
    void requestsRefusalsAndDevicesAreInTheirFiles() throws Exception {
        write(reference());
        ConfiguredStation station = start();
        listening(port);
        beat(port);
        beat(port);
        get(port, "/nothing");
        get(port, "/nothing");
        // a request is noted before the next of its connection is read
        get(port, "/time");
        Objects.requireNonNull(station.journal()).summarise();
        assertThat(log("http/2025-08-15.log"))
                .contains("warn 13 GET /nothing by 127.0.0.1 refused with 404\n")
                .contains("refused with 404: repeated 1 times")
                .contains("Heartbeats of G1-01: 2 answered with 200");
        assertThat(log("devices/%471-01.log"))
                .contains("warn 13 is fault, ip 192.168.1.101, heard from 127.0.0.1, message: x y");
        assertThat(log("app/2025-08-15.log")).contains("warn 13 G1-01 is fault, ip 192.168.1.101");
    }

    @Test
    @DisplayName("C16: the devices of the file are handed to the station")
    void theDevicesOfTheFileAreHandedToTheStation() throws Exception {
        write(reference()
                .replace("\"stationId\"", "\"devices\": [{\"id\":\"G2\",\"ip\":\"10.0.0.2\"}], \"stationId\""));
        start();
        listening(port);
        assertThat(started)
                .singleElement()
                .satisfies(each -> assertThat(each.devices())
                        .singleElement()
                        .hasToString("DeviceSeed[id=G2, ip=10.0.0.2, gateId=null, side=null, type=null]"));
    }

    @Test
    @DisplayName("C12: the station's id is on every message to the cloud")
    void theStationsIdIsOnEveryMessage() throws Exception {
        write(reference());
        start();
        listening(port);
        beat(port);
        await().untilAsserted(() -> assertThat(sent.payloads)
                .isNotEmpty()
                .allSatisfy(payload -> assertThat(payload.text("station")).isEqualTo("13")));
        assertThat(StationTelemetry.of(sent, "")).isSameAs(sent);
    }

    @Test
    @DisplayName("C9: the folder for devices is made")
    void theFolderForDevicesIsMade() throws Exception {
        write(reference());
        start();
        assertThat(directory.resolve("data")).isDirectory();
    }

    @Test
    void noThreadIsLeft() throws Exception {
        write(reference());
        start();
        listening(port);
        stop();
        configured = null;
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.isAlive() && thread.getName().matches("scs-station-(config|log)")));
    }

    private ConfiguredStation start() {
        ConfiguredStation station = new ConfiguredStation(properties, directory, clock, (options, next, journal) -> {
            started.add(next);
            Station made = new Station(
                    Settings.of(options, secret -> secret).with(next),
                    new FileStores(directory, clock),
                    StationTelemetry.of(sent, next.stationId()),
                    new Surroundings(
                            clock,
                            System::nanoTime,
                            InetAddress::isLoopbackAddress,
                            InetAddress::isLoopbackAddress,
                            () -> ReferenceTime.Reading.unknown("not asked")),
                    journal,
                    StationProfile.of(next));
            made.start();
            return made;
        });
        configured = station;
        station.start();
        return station;
    }

    private void listening(int expected) {
        ConfiguredStation station = Objects.requireNonNull(configured);
        await().until(() -> {
            Station running = station.station();
            return running != null && running.port() == expected;
        });
        // the database opens beside the port
        await().ignoreExceptions().until(() -> get(expected, "/time").contains("Asia/Bangkok"));
    }

    private void beat(int at) throws Exception {
        String body = "{\"id\":\"G1-01\",\"ip\":\"192.168.1.101\",\"status\":\"fault\",\"message\":\"x\\ny\"}";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + "/hb"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        await().until(() -> http.send(request, BodyHandlers.discarding()).statusCode() == 200);
    }

    private String get(int at, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    /** The text of a log file, once everything is written. */
    private String log(String path) throws Exception {
        FileJournal journal =
                Objects.requireNonNull(Objects.requireNonNull(configured).journal());
        assertThat(journal.reader().list()).allMatch(each -> each.day().equals(LocalDate.parse("2025-08-15")));
        await().until(() ->
                journal.reader().list().stream().anyMatch(each -> each.path().equals(path)));
        journal.tick();
        try (InputStream in = journal.reader().open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Appendix E with paths of this test. */
    private String reference() throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("config/appendix-e.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("/Users/wrung/Projects/sc-emv-gate/logs", "log files")
                    .replace("/Users/wrung/Projects/sc-emv-gate/data", "data")
                    .replace("3070", "" + port)
                    .replace("\"stationId\"", "\"time\": {\"tz\": \"Asia/Bangkok\"}, \"stationId\"");
        }
    }

    private void write(String text) throws IOException {
        Path next = Files.writeString(directory.resolve("config.json.new"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A cloud that is not there. */
    private static final class Sent implements Telemetry {
        private final List<Payload> payloads = new CopyOnWriteArrayList<>();

        @Override
        public void send(String subject, Payload payload, Priority priority) {
            payloads.add(payload);
        }

        @Override
        public AutoCloseable onConnected(Runnable callback) {
            return () -> {};
        }
    }
}
