package solutions.itms.scs.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.artifact.ArtifactDraft;
import solutions.itms.scs.api.artifact.ArtifactInfo;
import solutions.itms.scs.api.artifact.ArtifactKind;
import solutions.itms.scs.api.artifact.ArtifactReference;
import solutions.itms.scs.message.command.Ed25519;
import solutions.itms.scs.message.command.SignedRequests;
import solutions.itms.scs.message.command.SigningKey;
import solutions.itms.scs.store.FileStores;

/** The order of uploads, and what the uploader makes of a server's answers; the way itself is tested with the server. */
class UploaderTest {
    @TempDir
    Path directory;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Map<String, Object>> events = new CopyOnWriteArrayList<>();
    private final Map<String, ByteArrayOutputStream> stored = new ConcurrentHashMap<>();
    private final Map<String, Integer> refuse = new ConcurrentHashMap<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private volatile boolean hold;
    private final List<String> tooLarge = new CopyOnWriteArrayList<>();
    private volatile boolean breaks;
    private volatile int largest = Integer.MAX_VALUE;
    private volatile @Nullable SignedRequests access;
    private HttpServer server;
    private SpoolingUploader uploader;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/api/v1/device/", this::answer);
        server.start();
        access = requests();
        open(new Settings(50_000_000, 50_000_000, 100, Duration.ofDays(7), 1, 0));
    }

    private SignedRequests requests() {
        return new SignedRequests(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                new SigningKey("GW#1", Ed25519.generate().getPrivate()),
                Clock.systemUTC());
    }

    private void open(Settings settings) throws IOException {
        Spool spool = Spool.open(
                new FileStores(directory, Clock.systemUTC()),
                () -> settings,
                Clock.systemUTC(),
                () -> Long.MAX_VALUE / 2);
        uploader = new SpoolingUploader(
                spool,
                () -> Optional.ofNullable(access),
                (name, metrics) -> events.add(metrics),
                Clock.systemUTC(),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                settings);
    }

    @AfterEach
    void stop() throws Exception {
        held.countDown();
        uploader.close();
        server.stop(0);
    }

    @Test
    void smallFilesGoBeforeLargeOnes() throws Exception {
        ArtifactReference large = write(3_000_000, "c1");
        ArtifactReference small = write(10, "c2");
        uploader.start();

        await().until(() -> stored.size() == 2 && ended() == 2);

        List<String> completions =
                requests.stream().filter(line -> line.endsWith("/complete")).toList();
        assertThat(completions.get(0)).contains(small.id());
        assertThat(completions.get(1)).contains(large.id());
        assertThat(stored.get(large.id()).size()).isEqualTo(3_000_000);
    }

    @Test
    void aServerThatFailsIsAskedAgainUntilItTakesTheFile() throws Exception {
        ArtifactReference file = write(2_500_000, "c1");
        refuse.put("PUT", 3);
        uploader.start();

        await().until(() -> ended() == 1);

        assertThat(stored.get(file.id()).size()).isEqualTo(2_500_000);
        assertThat(events).last().satisfies(event -> assertThat(event).containsEntry("state", "uploaded"));
    }

    @Test
    void whatTheServerWillNeverTakeIsGivenUpAndTold() throws Exception {
        ArtifactReference file = write(10, "c1");
        refuse.put("TYPE", 1);
        uploader.start();

        await().until(() -> events.stream().anyMatch(event -> "lost".equals(event.get("state"))));

        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .containsEntry("reason", "type_not_allowed")
                        .containsEntry("artifact", file.id()));
    }

    @Test
    void withoutAServerFilesWait() throws Exception {
        access = null;
        write(10, "c1");
        uploader.start();
        await().during(Duration.ofMillis(100)).until(() -> requests.isEmpty());

        access = requests();

        await().until(() -> ended() == 1);
    }

    @Test
    void aCancelledFileIsStoppedInTheMiddleAndTheServerIsTold() throws Exception {
        hold = true;
        ArtifactReference file = write(5_000_000, "c1");
        uploader.start();
        await().until(() -> requests.stream().anyMatch(line -> line.startsWith("PUT")));

        uploader.cancel("c1");
        held.countDown();

        await().until(() -> requests.stream().anyMatch(line -> line.startsWith("DELETE") && line.contains(file.id())));
        assertThat(events).anySatisfy(event -> assertThat(event).containsEntry("state", "cancelled"));
        await().during(Duration.ofMillis(200))
                .until(() -> requests.stream().noneMatch(line -> line.endsWith("complete")));
    }

    @Test
    void whereTheLineIsQuickAFileGoesInOneRequestAndInPiecesAgainWhenItBreaks() throws Exception {
        uploader.start();
        write(2_500_000, "c1");
        await().until(() -> ended() == 1);
        int before = puts();
        ArtifactReference second = write(9_000_000, "c2");
        await().until(() -> ended() == 2);
        assertThat(puts()).isEqualTo(before + 1);
        assertThat(stored.get(second.id()).size()).isEqualTo(9_000_000);
        breaks = true;
        ArtifactReference third = write(9_000_000, "c3");
        await().until(() -> ended() == 3);
        assertThat(puts()).isGreaterThan(before + 3);
        assertThat(stored.get(third.id()).size()).isEqualTo(9_000_000);
    }

    @Test
    void whatTakesNoLargeRequestsGetsPiecesForGood() throws Exception {
        uploader.start();
        write(2_500_000, "c1");
        await().until(() -> ended() == 1);
        largest = 4 * 1024 * 1024;
        write(9_000_000, "c2");
        await().until(() -> ended() == 2);
        assertThat(tooLarge).hasSize(1);
        int before = puts();
        ArtifactReference third = write(9_000_000, "c3");
        await().until(() -> ended() == 3);
        assertThat(puts() - before).isGreaterThan(2);
        assertThat(stored.get(third.id()).size()).isEqualTo(9_000_000);
        assertThat(tooLarge).hasSize(1);
        assertThat(events).noneMatch(event -> "lost".equals(event.get("state")));
    }

    private int puts() {
        return (int) requests.stream().filter(line -> line.startsWith("PUT")).count();
    }

    private long ended() {
        return events.stream()
                .filter(event -> "uploaded".equals(event.get("state")))
                .count();
    }

    private ArtifactReference write(int size, String command) throws IOException {
        try (ArtifactDraft draft = uploader.draft(
                new ArtifactInfo("x.bin", "application/octet-stream", ArtifactKind.OTHER, "G1", command))) {
            draft.stream().write(new byte[size]);
            return draft.finish();
        }
    }

    /** The parts of the protocol that these tests need. */
    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        requests.add(method + " " + path);
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (method.equals("PUT") && breaks) {
            breaks = false;
            exchange.close();
            return;
        }
        if (body.length > largest) {
            tooLarge.add(path);
            reply(exchange, 413, "<html>Request Entity Too Large</html>");
            return;
        }
        try {
            if (hold && method.equals("PUT")) {
                held.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (method.equals("PUT") && take("PUT")) {
            reply(exchange, 503, "{\"code\":\"unavailable\"}");
        } else if (path.endsWith("/artifacts") && take("TYPE")) {
            reply(exchange, 415, "{\"code\":\"type_not_allowed\"}");
        } else if (path.endsWith("/artifacts")) {
            String id = new String(body, StandardCharsets.UTF_8).replaceAll(".*\"id\":\"([0-9a-f]+)\".*", "$1");
            int offset = stored.computeIfAbsent(id, key -> new ByteArrayOutputStream())
                    .size();
            reply(exchange, 201, "{\"state\":\"UPLOADING\",\"offset\":" + offset + "}");
        } else if (method.equals("PUT")) {
            stored.get(path.substring(path.lastIndexOf('/') + 1)).writeBytes(body);
            reply(exchange, 204, "");
        } else {
            reply(exchange, 200, "{\"state\":\"READY\"}");
        }
    }

    private boolean take(String what) {
        return refuse.merge(what, -1, Integer::sum) >= 0;
    }

    private static void reply(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
