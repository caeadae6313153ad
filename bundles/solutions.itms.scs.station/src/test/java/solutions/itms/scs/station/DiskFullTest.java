package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DiskFullTest extends StationFixture {
    @Test
    void aFullDatabaseIsAClearErrorAndReadsGoOnUntilThereIsRoomAgain() throws Exception {
        post("/hb", BEAT);
        post("/operation/G1-01", "{\"operation\":\"inservice_exit\"}");
        limitPages(1);
        HttpResponse<String> refused = await().until(
                        () -> post("/hb", BEAT.replace("G1-01", "G" + System.nanoTime())),
                        answer -> answer.statusCode() != 200);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).isEqualTo("{\"ok\":false,\"error\":\"storage unavailable\"}");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        await().until(() -> post("/operation/X" + System.nanoTime(), "{\"operation\":\"emergency\"}")
                        .statusCode()
                == 503);
        assertThat(get("/operation/G1-01").body()).contains("inservice_exit");
        assertThat(get("/hb").body()).contains("G1-01");
        assertThat(sent.alarms()).contains("storage null raised");
        limitPages(1_000_000);
        assertThat(post("/operation/G1-01", "{\"operation\":\"emergency\"}").statusCode())
                .isEqualTo(200);
        assertThat(post("/hb", BEAT.replace("online", "fault")).statusCode()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(sent.alarms()).contains("storage null cleared"));
        assertThat(station.database().read(Audit::verify).brokenAt()).isNull();
    }

    @Test
    void aFullFileSystemIsNothingElse() throws Exception {
        assumeTrue(canMount(), "this system does not let a test mount a file system of its own");
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        List<String> inSmallFileSystem = List.of(
                "unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=2m tmpfs " + mounted + " && exec \"$@\"", "sh");
        try (StationProcess small = StationProcess.start(mounted, inSmallFileSystem)) {
            assertThat(changeAt(small)).isEqualTo(200);
            Path filler = Path.of("/proc", Long.toString(small.pid()), "root", mounted.toString(), "filler");
            fill(filler);
            await().until(() -> changeAt(small) == 503);
            HttpRequest.Builder snapshot =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + small.port() + "/hb"));
            assertThat(send(snapshot).statusCode()).isEqualTo(200);
            Files.delete(filler);
            await().until(() -> changeAt(small) == 200);
        }
    }

    private int changeAt(StationProcess process) throws Exception {
        String body = "{\"operation\":\"emergency\",\"reason\":\"" + "x".repeat(200) + "\"}";
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + process.port() + "/operation/G1"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)))
                .statusCode();
    }

    private static void fill(Path filler) throws IOException {
        try (OutputStream out = Files.newOutputStream(filler)) {
            for (int i = 0; i < 1_000; i++) {
                out.write(new byte[4_096]);
            }
            throw new AssertionError("the file system is not small");
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("space");
        }
    }

    private boolean canMount() throws Exception {
        Path probe = Files.createDirectory(directory.resolve("probe"));
        try {
            Process process = new ProcessBuilder(
                            "unshare", "-rm", "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", probe.toString())
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void limitPages(int pages) throws Exception {
        // SQLite answers as it does when the disk has no room for one more page
        station.database()
                .write(statements -> {
                    try (ResultSet rows =
                            statements.get("PRAGMA max_page_count = " + pages).executeQuery()) {
                        return rows.next();
                    }
                })
                .get(Duration.ofSeconds(10).toSeconds(), TimeUnit.SECONDS);
    }
}
