package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScreenFeedTest extends StationFixture {
    private static final String EVENTS = "/station/api/events";

    private final List<Listener> listeners = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Listener listener : listeners) {
            listener.close();
        }
    }

    @Test
    @DisplayName("U1 a screen is told everything at first, and then what has changed, within a second")
    void aScreenIsToldWhatHasChanged() throws Exception {
        post("/hb", BEAT);
        post("/hb", BEAT.replace("G1-01", "G1-02"));
        Listener screen = listen();
        await().until(() -> !screen.events.isEmpty());
        assertThat(screen.events.get(0))
                .startsWith("all {\"ok\":true,\"screen\":")
                .contains("\"id\":\"G1-01\"", "\"id\":\"G1-02\"", "\"alarms\":[");
        long before = System.nanoTime();
        post("/hb", BEAT.replace("online", "fault"));
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> screen.events.stream().anyMatch(e -> e.contains("\"status\":\"fault\"")));
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before)).isLessThan(1_000);
        String change = screen.events.stream()
                .filter(e -> e.contains("\"fault\""))
                .findFirst()
                .orElseThrow();
        assertThat(change)
                .startsWith("change {\"now\":")
                .contains("\"id\":\"G1-01\"")
                .doesNotContain("G1-02");
    }

    @Test
    void whatIsWantedOfAGateAndThatItHasAskedIsAChange() throws Exception {
        post("/hb", BEAT);
        Listener screen = listen();
        post("/operation/G1-01", "{\"operation\":\"emergency\"}");
        await().until(() -> screen.events.stream().anyMatch(e -> e.contains("\"operation\":\"emergency\"")));
        assertThat(screen.events.get(screen.events.size() - 1)).doesNotContain("operationDeliveredAt");
        get("/operation/G1-01");
        await().until(() -> screen.events.stream().anyMatch(e -> e.contains("operationDeliveredAt")));
    }

    @Test
    void aScreenHearsSomethingEverySecondAlthoughNothingChanges() throws Exception {
        Listener screen = listen();
        await().until(() -> screen.events.size() == 1);
        for (int i = 2; i < 5; i++) {
            pass(Duration.ofSeconds(1));
            int count = i;
            await().until(() -> screen.events.size() == count);
        }
        assertThat(screen.events.get(3)).isEqualTo("change {\"now\":" + now.get() + ",\"devices\":[]}");
    }

    @Test
    void anAlarmIsToldAtOnceAndHowOftenItWasSeenNowAndThen() throws Exception {
        Listener screen = listen();
        post("/operation/typo", "{\"operation\":\"emergency\"}");
        await().until(() -> screen.events.stream().anyMatch(e -> e.contains("unknown_device/typo")));
        for (int i = 0; i < 20; i++) {
            post("/operation/typo", "{\"operation\":\"emergency\"}");
        }
        post("/hb", BEAT);
        await().until(() -> screen.events.stream().anyMatch(e -> e.contains("G1-01")));
        assertThat(screen.events).noneMatch(e -> e.contains("\"count\":21"));
        pass(Duration.ofSeconds(2));
        await().until(() -> screen.events.stream().anyMatch(e -> e.contains("\"count\":21")));
    }

    @Test
    void noMoreScreensAreToldThanMayBeAndAPlaceIsFreeAgainWhenOneHasGone() throws Exception {
        for (int i = 0; i < ScreenFeed.MAX_CLIENTS; i++) {
            listen();
        }
        HttpResponse<String> refused = get(EVENTS);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        listeners.remove(0).close();
        await().untilAsserted(() -> {
            pass(Duration.ofSeconds(1));
            try (InputStream events = open().body()) {
                assertThat(events.read()).isEqualTo('e');
            }
        });
    }

    @Test
    void aScreenThatReadsNothingHoldsNobodyUp() throws Exception {
        try (Socket deaf = new Socket("127.0.0.1", station.port())) {
            deaf.setReceiveBufferSize(1_024);
            deaf.getOutputStream()
                    .write(("GET " + EVENTS + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            StringBuilder many = new StringBuilder("[");
            for (int i = 0; i < 1_000; i++) {
                many.append(i == 0 ? "" : ",").append(BEAT.replace("G1-01", "gate-" + i));
            }
            String body = many.append("]").toString();
            Listener screen = listen();
            for (String status : List.of("online", "fault", "maintenance", "online", "fault")) {
                assertThat(post("/hb/bulk", body.replace("online", status)).statusCode())
                        .isEqualTo(200);
                await().until(() -> screen.events.stream()
                        .anyMatch(e -> e.contains("\"id\":\"gate-999\"") && e.contains("\"" + status + "\"")));
                screen.events.clear();
            }
        }
    }

    @Test
    void theStreamEndsWithTheStation() throws Exception {
        Listener screen = listen();
        await().until(() -> screen.events.size() == 1);
        restart(Map.of());
        await().until(() -> screen.ended);
    }

    @Test
    void headGetsNoStream() throws Exception {
        HttpResponse<String> head = send(
                HttpRequest.newBuilder(uri(EVENTS)).method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
    }

    private Listener listen() throws Exception {
        HttpResponse<InputStream> answer = open();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        Listener listener = new Listener(answer.body());
        listeners.add(listener);
        return listener;
    }

    private HttpResponse<InputStream> open() throws Exception {
        return http.send(HttpRequest.newBuilder(uri(EVENTS)).build(), BodyHandlers.ofInputStream());
    }

    /** Collects events, each as its name and data. */
    private static final class Listener {
        final List<String> events = new CopyOnWriteArrayList<>();
        private final InputStream in;
        volatile boolean ended;

        Listener(InputStream in) {
            this.in = in;
            Thread thread = new Thread(this::read);
            thread.setDaemon(true);
            thread.start();
        }

        void close() throws IOException {
            in.close();
        }

        private void read() {
            String name = "";
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event: ")) {
                        name = line.substring(7);
                    } else if (line.startsWith("data: ")) {
                        events.add(name + " " + line.substring(6));
                    }
                }
            } catch (IOException e) {
                // the station has gone, or the test has hung up
            }
            ended = true;
        }
    }
}
