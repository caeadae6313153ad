package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.OutputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solutions.itms.scs.station.log.Level;
import solutions.itms.scs.station.log.LogSettings;
import solutions.itms.scs.store.FileStores;

class ScreenLogsTest extends StationFixture {
    private Path folder;
    private FileJournal journal;

    @BeforeEach
    void withLogs() throws Exception {
        station.close();
        folder = directory.resolve("log files");
        journal = new FileJournal(
                folder,
                new LogSettings(ZoneId.of("Asia/Bangkok"), "13", Level.INFO, 14, LogSettings.DEFAULT_MAX_BYTES),
                clock);
        station = new Station(
                settings(0, "Asia/Bangkok"),
                new FileStores(directory, clock),
                sent,
                surroundings(),
                journal,
                StationProfile.NONE);
        station.start();
        await().until(() -> station.port() > 0);
        post("/hb", BEAT);
        Files.createDirectories(folder.resolve("app"));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("app/2025-08-14.log.gz")))) {
            out.write("ภาษาไทย\n".getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(directory.resolve("secret.txt"), "secret");
        Files.writeString(folder.resolve("app/other.txt"), "secret");
        await().until(() -> get("/station/api/logs").body().contains("devices/%471-01.log"));
        journal.tick();
    }

    @AfterEach
    void endLogs() {
        journal.close();
    }

    @Test
    @DisplayName("L5 the screen lists the folder of the log, and says where it is")
    void theScreenListsTheFolder() throws Exception {
        assertThat(get("/station/api/logs").body())
                .startsWith("{\"ok\":true,\"folder\":\"" + folder + "\",\"files\":[")
                .contains(
                        "\"path\":\"app/2025-08-15.log\",\"day\":\"2025-08-15\",\"bytes\":",
                        "\"path\":\"devices/%471-01.log\"",
                        "\"path\":\"app/2025-08-14.log.gz\"")
                .doesNotContain("secret", "other.txt");
    }

    @Test
    @DisplayName("L5 the newest lines of a device, and of a file, are shown")
    void theNewestLinesAreShown() throws Exception {
        assertThat(get("/station/api/log-tail?device=G1-01&lines=5").body()).contains("info 13 is online, ip 192");
        assertThat(get("/station/api/log-tail?device=nobody").body()).isEqualTo("{\"ok\":true,\"lines\":[]}");
        assertThat(get("/station/api/log-tail?path=app/2025-08-15.log&lines=1").body())
                .containsOnlyOnce("2025-08-15T");
        assertThat(get("/station/api/log-tail?path=app/2025-08-14.log.gz").statusCode())
                .isEqualTo(400);
        assertThat(get("/station/api/log-tail?path=app/2025-08-15.log&lines=0").statusCode())
                .isEqualTo(400);
        assertThat(get("/station/api/log-tail").statusCode()).isEqualTo(400);
    }

    @Test
    @DisplayName("L5 a file is downloaded as plain text that no browser takes for anything else")
    void aFileIsDownloaded() throws Exception {
        HttpResponse<String> file = file("devices/%471-01.log");
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(file.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(file.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"devices__471-01.log\"");
        assertThat(file.body()).contains("is online");
        HttpResponse<String> older = file("app/2025-08-14.log.gz");
        assertThat(older.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"app_2025-08-14.log\"");
        assertThat(older.body()).isEqualTo("ภาษาไทย\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.txt",
                "app/../../secret.txt",
                "app/other.txt",
                "/etc/passwd",
                "app",
                "",
                "app/2025-08-15.log\u0000",
                "app/2025-08-15.log\r\nX: y",
                "APP/2025-08-15.log",
                "app//2025-08-15.log"
            })
    @DisplayName("L5 nothing but the files of the list is given out")
    void nothingElseIsGivenOut(String path) throws Exception {
        assertThat(file(path).statusCode()).isEqualTo(404);
    }

    @Test
    void aLongDownloadThatIsBrokenOffFreesItsPlace() throws Exception {
        Files.write(folder.resolve("app/2025-08-13.log"), new byte[20_000_000]);
        for (int i = 0; i < 12; i++) {
            try (java.net.Socket socket = new java.net.Socket("127.0.0.1", station.port())) {
                socket.getOutputStream()
                        .write(("GET /station/api/log-file?path=app/2025-08-13.log HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }
            await().until(() -> get("/station/api/logs").statusCode() == 200);
        }
    }

    @Test
    @DisplayName("B7 retention is told from the running log")
    void retentionIsToldFromTheRunningLog() throws Exception {
        String row = SelfCheckTest.row(get("/station/api/check").body(), "B7");
        assertThat(row).contains("\"state\":\"ok\"", "\"days\":14,\"wanted\":14", folder.toString(), "2025-08-14");
        journal.configure(
                new LogSettings(ZoneId.of("Asia/Bangkok"), "13", Level.INFO, 3, LogSettings.DEFAULT_MAX_BYTES));
        assertThat(SelfCheckTest.row(get("/station/api/check").body(), "B7"))
                .contains("\"state\":\"attention\"", "\"days\":3");
    }

    @Test
    void ordersOfTheScreenAreInTheLogWithoutThePin() throws Exception {
        post("/station/api/control", "{\"all\":true,\"operation\":\"emergency\",\"pin\":\"4711\",\"confirmed\":true}");
        await().untilAsserted(() -> assertThat(file("app/2025-08-15.log").body())
                .contains("info 13 screen 127.0.0.1 sets emergency for the whole station, 1 devices"));
        for (String path : List.of("app/2025-08-15.log", "http/2025-08-15.log")) {
            assertThat(file(path).body()).doesNotContain("4711");
        }
    }

    private HttpResponse<String> file(String path) throws Exception {
        return get("/station/api/log-file?path=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
    }
}
