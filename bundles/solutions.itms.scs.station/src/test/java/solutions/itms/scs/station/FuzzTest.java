package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.testkit.FuzzRun;
import solutions.itms.scs.testkit.ProcessFigures;

/** Eight thousand mutated requests; with {@code -Dscs.fuzz.requests=1000000} as many as that. */
class FuzzTest {
    private static final int REQUESTS = Integer.getInteger("scs.fuzz.requests", 8_000);
    private static final long SEED = Long.getLong("scs.fuzz.seed", 4);

    @TempDir
    Path directory;

    @Test
    @Timeout(1_800)
    void noMutatedRequestIsAFaultOrLeavesAnythingBehind() throws Exception {
        try (StationProcess station = StationProcess.start(directory, List.of())) {
            FuzzRun first = new FuzzRun(station.port(), REQUESTS / 2);
            first.run(4, SEED);
            ProcessFigures before = ProcessFigures.of(station.pid());
            FuzzRun second = new FuzzRun(station.port(), REQUESTS / 2);
            second.run(4, SEED + 1);
            assertThat(first.bad()).isEmpty();
            assertThat(second.bad()).isEmpty();
            assertThat(first.hung() + second.hung()).isZero();
            assertThat(second.statuses()).containsKeys(200, 400, 404, 405);
            // connections that were left in the middle are closed in the background
            await().untilAsserted(() -> {
                ProcessFigures after = ProcessFigures.of(station.pid());
                assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 4);
                assertThat(after.files()).isLessThanOrEqualTo(before.files() + 4);
                assertThat(after.heapBytes()).isLessThanOrEqualTo(before.heapBytes() + (12 << 20));
            });
            assertThat(beat(station.port())).isEqualTo(200);
        }
    }

    private static int beat(int port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hb"))
                .POST(BodyPublishers.ofString("{\"id\":\"F1\",\"ip\":\"192.168.1.101\",\"status\":\"online\"}"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
