package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solutions.itms.scs.message.JsonPayloadCodec;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.Sequence;

/** From a gateway's metrics to charts and monitoring. */
class MetricsApiTest {
    private static final Instant AT = Instant.parse("2026-03-01T07:00:00Z");
    private static final String SERIES = "/api/v1/metrics?gateway=GW&subject=gateway/metrics&metric=cpu";

    @TempDir
    static Path directory;

    private static TestServer server;
    private static TestApi api;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(directory);
        api = server.admin();
        try (TestGateway gateway = server.gateway("GW").connect("s").birth("s")) {
            for (int i = 0; i < 120; i++) {
                send(gateway, i + 1, Payload.of(AT.plusSeconds(i), Map.of("cpu", i + 0.5, "up", i > 100, "at", "ok")));
            }
            // late, and after a gap
            send(gateway, 130, Payload.of(AT.minusSeconds(60), Map.of("cpu", -1.5)));
            await().until(() -> api.metric("samplesStored") >= 361);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void samplesComeInPagesInTheOrderOfTheirTime() {
        List<Double> values = new ArrayList<>();
        String after = "";
        int pages = 0;
        do {
            JsonNode page = json(SERIES + "&limit=50" + after);
            page.get("samples").forEach(sample -> values.add(sample.get("value").asDouble()));
            after = "&after=" + page.get("next").asText();
            pages++;
            if (page.get("next").isNull()) {
                break;
            }
        } while (pages < 10);

        assertThat(pages).isEqualTo(3);
        assertThat(values).hasSize(121).isSorted().startsWith(-1.5, 0.5, 1.5).endsWith(119.5);
    }

    @Test
    void aSampleHasBothTimes() {
        JsonNode page = json(SERIES + "&from=2026-03-01T07:00:05Z&to=2026-03-01T07:00:06Z");

        assertThat(page.get("type").asText()).isEqualTo("double");
        assertThat(page.get("samples")).hasSize(1);
        JsonNode sample = page.get("samples").get(0);
        assertThat(sample.get("at").asText()).isEqualTo("2026-03-01T07:00:05.000Z");
        assertThat(sample.get("value").asDouble()).isEqualTo(5.5);
        assertThat(sample.get("receivedAt").asText()).isEqualTo("2026-03-01T08:00:00.000Z");
        assertThat(sample.get("deviceAt").isNull()).isTrue();
    }

    @Test
    void bucketsTellTheLeastTheMostAndTheAverage() {
        JsonNode buckets = json(SERIES + "&bucket=60").get("buckets");

        assertThat(buckets).hasSize(3);
        assertThat(buckets.get(1).toString())
                .isEqualTo("{\"at\":\"2026-03-01T07:00:00.000Z\",\"count\":60,\"min\":0.5,\"avg\":30.0,\"max\":59.5}");
    }

    @Test
    void theLatestValuesAreThoseOfTheLatestTimeNotOfTheLatestArrival() {
        JsonNode latest = json("/api/v1/metrics/latest?gateway=GW");

        assertThat(latest).hasSize(3);
        assertThat(latest.get(0).get("metric").asText()).isEqualTo("at");
        assertThat(latest.get(0).get("value").asText()).isEqualTo("ok");
        assertThat(latest.get(1).get("value").asDouble()).isEqualTo(119.5);
        assertThat(latest.get(2).get("type").asText()).isEqualTo("bool");
        assertThat(latest.get(2).get("value").asBoolean()).isTrue();
    }

    @Test
    void stockPublishersAreReadUnderTheirApplication() throws Exception {
        try (TestGateway gateway = server.gateway("GW.stock").connect(null)) {
            gateway.publish("scs/GW.stock/W1/A1/assets", JsonPayloadCodec.encode(Payload.of(AT, Map.of("t", 21.5))));
            gateway.publish(
                    "scs/GW.stock/W1/A1/assets",
                    PayloadCodec.encodePlain(Payload.of(AT.plusSeconds(1), Map.of("t", 22.5))));
            gateway.publish(
                    "scs/GW.stock/W1/A1/assets",
                    PayloadCodec.encode(Payload.of(AT.plusSeconds(2), Map.of("t", 23.5, "fill", "x".repeat(400)))));

            await().until(() -> json("/api/v1/metrics/latest?gateway=GW.stock").size() == 2);
        }
        JsonNode page = json("/api/v1/metrics?gateway=GW.stock&subject=W1/A1/assets&metric=t");
        assertThat(page.get("samples"))
                .extracting(sample -> sample.get("value").asDouble())
                .containsExactly(21.5, 22.5, 23.5);
    }

    @Test
    void whatHappenedToADeviceComesNewestFirstInPages() throws Exception {
        try (TestGateway gateway = server.gateway("GW.events").connect("s").birth("s")) {
            for (int i = 0; i < 5; i++) {
                happened(gateway, "camera_motion", i, Map.of("device", "cam-1", "active", i % 2 == 0));
            }
            happened(gateway, "camera_motion", 5, Map.of("device", "cam-2", "active", true));
            happened(gateway, "alarm", 6, Map.of("device", "cam-1", "state", "raised", "count", 3L));
            await().until(() ->
                    json("/api/v1/devices/GW.events/cam-1/events").get("items").size() == 6);
        }
        JsonNode first = json("/api/v1/devices/GW.events/cam-1/events?limit=2");
        assertThat(first.get("items").get(0).toString())
                .contains("\"at\":\"2026-03-01T07:00:06.000Z\"", "\"kind\":\"alarm\"")
                .contains("\"values\":{\"count\":3,\"state\":\"raised\"}");
        assertThat(first.get("items").get(1).get("values").toString()).isEqualTo("{\"active\":true}");
        List<String> times = new ArrayList<>();
        String next = first.get("next").asText();
        while (!next.equals("null")) {
            JsonNode page = json("/api/v1/devices/GW.events/cam-1/events?limit=2&before=" + next);
            page.get("items")
                    .forEach(event -> times.add(event.get("at").asText().substring(17, 19)));
            next = page.get("next").asText();
        }
        assertThat(times).containsExactly("03", "02", "01", "00");
        assertThat(json("/api/v1/devices/GW.events/nobody/events").get("items")).isEmpty();
        assertThat(api.get("/api/v1/devices/GW.events/cam-1/events?before=x").statusCode())
                .isEqualTo(400);
    }

    private static void happened(TestGateway gateway, String kind, int second, Map<String, Object> metrics)
            throws Exception {
        gateway.publish(
                gateway.topic("event/" + kind), PayloadCodec.encode(Payload.of(AT.plusSeconds(second), metrics)));
    }

    @Test
    void gapsAreToldAsRanges() {
        JsonNode epochs = json("/api/v1/gateways/GW/gaps");

        assertThat(epochs).hasSize(1);
        assertThat(epochs.get(0).get("highest").asLong()).isEqualTo(130);
        assertThat(epochs.get(0).get("missing").asLong()).isEqualTo(9);
        assertThat(epochs.get(0).get("ranges").toString()).isEqualTo("[{\"first\":121,\"last\":129}]");
        assertThat(api.get("/api/v1/gateways/nobody/gaps").statusCode()).isEqualTo(404);
    }

    @Test
    void theExportIsReadWithATokenUntilItIsRemoved() {
        String token = server.command("add-token", "prometheus").strip();
        HttpRequest.Builder request = server.api().request("/api/v1/metrics/export");

        assertThat(api.send(request.copy().GET()).statusCode()).isEqualTo(401);
        assertThat(export(request, "wrong").statusCode()).isEqualTo(401);
        HttpResponse<String> answer = export(request, token);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
        assertThat(answer.body())
                .contains("scs_metric{gateway=\"GW\",subject=\"gateway/metrics\",metric=\"cpu\"} 119.5\n")
                .contains("scs_metric{gateway=\"GW\",subject=\"gateway/metrics\",metric=\"up\"} 1\n")
                .contains("scs_gateway_messages_missing{gateway=\"GW\"} 9\n")
                .doesNotContain("metric=\"at\"");
        assertThat(answer.body().lines())
                .allMatch(line -> line.matches("# (HELP|TYPE) \\w+ .+|\\w+\\{\\w+=\".*\"} \\S+"));
        assertThat(api.get("/api/v1/metrics/export").statusCode()).isEqualTo(200);
        assertThat(api.send(server.api()
                                .request("/api/v1/gateways")
                                .header("Authorization", "Bearer " + token)
                                .GET())
                        .statusCode())
                .as("a token is for the export alone")
                .isEqualTo(401);

        server.command("remove-token", "prometheus");

        assertThat(export(request, token).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gateway=GW",
                "gateway=GW&subject=x",
                "gateway=&subject=x&metric=y",
                "gateway=GW&subject=gateway/metrics&metric=cpu&limit=0",
                "gateway=GW&subject=gateway/metrics&metric=cpu&limit=10001",
                "gateway=GW&subject=gateway/metrics&metric=cpu&limit=x",
                "gateway=GW&subject=gateway/metrics&metric=cpu&from=yesterday",
                "gateway=GW&subject=gateway/metrics&metric=cpu&from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z",
                "gateway=GW&subject=gateway/metrics&metric=cpu&from=1026-03-02T00:00:00Z",
                "gateway=GW&subject=gateway/metrics&metric=cpu&from=2026-02-02T00:00:00Z&bucket=1",
                "gateway=GW&subject=gateway/metrics&metric=cpu&bucket=-1",
                "gateway=GW&subject=gateway/metrics&metric=cpu&after=1",
                "gateway=GW&subject=gateway/metrics&metric=cpu&after=1.2.9999999999999999999"
            })
    void aParameterThatIsNotAllowedIsToldByName(String parameters) {
        HttpResponse<String> answer = api.get("/api/v1/metrics?" + parameters);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestApi.json(answer).get("code").asText()).isEqualTo("bad_request");
    }

    @Test
    void anUnknownMetricIsNotFound() {
        String odd = URLEncoder.encode("' or 1=1 --", StandardCharsets.UTF_8);

        assertThat(api.get("/api/v1/metrics?gateway=GW&subject=gateway/metrics&metric=" + odd)
                        .statusCode())
                .isEqualTo(404);
    }

    private static HttpResponse<String> export(HttpRequest.Builder request, String token) {
        return api.send(
                request.copy().header("Authorization", "Bearer " + token).GET());
    }

    private static void send(TestGateway gateway, long seq, Payload payload) throws Exception {
        gateway.publish(gateway.topic("gateway/metrics"), PayloadCodec.encode(new Sequence("e", seq).on(payload)));
    }

    private static JsonNode json(String path) {
        return TestApi.json(api.get(path));
    }
}
