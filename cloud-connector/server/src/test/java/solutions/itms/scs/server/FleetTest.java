package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One command for many devices: its rate, its end, and when it stops. */
class FleetTest {
    @TempDir
    static Path directory;

    private static TestServer server;
    private static TestApi approver;
    private static int fleets;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(directory);
        approver = server.person("anan", "approver");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void commandsAreBegunAtTheirRateAndSummedUp() {
        List<String> gateways = gateways(6);
        JsonNode fleet = create("get_ip_config", "{}", gateways, "\"ratePerMinute\":60,\"expiresInSeconds\":60");

        await().until(() -> summary(fleet).path("PENDING").asInt() >= 1);
        assertThat(summary(fleet).path("waiting").asInt()).isGreaterThanOrEqualTo(3);
        for (int i = 0; i < 6; i++) {
            server.clock().advance(Duration.ofSeconds(1));
            int least = i;
            await().until(() -> summary(fleet).path("PENDING").asInt() >= Math.min(6, least + 1));
        }
        await().until(() -> summary(fleet).path("waiting").asInt() == 0);
        server.clock().advance(Duration.ofSeconds(61));

        await().until(() -> state(fleet).equals("DONE"));
        assertThat(summary(fleet).get("EXPIRED").asInt()).isEqualTo(6);
        assertThat(TestApi.json(approver.get(path(fleet) + "/targets"))).hasSize(6);
    }

    @Test
    void itStopsWhenTooManyFail() {
        List<String> gateways = gateways(15);
        JsonNode fleet = create(
                "get_ip_config", "{}", gateways, "\"ratePerMinute\":6000,\"maxOpen\":10,\"expiresInSeconds\":30");
        await().until(() -> {
            server.clock().advance(Duration.ofMillis(100));
            return summary(fleet).path("PENDING").asInt() == 10;
        });

        server.clock().advance(Duration.ofSeconds(31));

        await().until(() -> state(fleet).equals("STOPPED"));
        assertThat(summary(fleet).get("waiting").asInt()).isEqualTo(5);
        assertThat(approver.post(path(fleet) + "/cancel", "{}").statusCode()).isEqualTo(200);
        assertThat(state(fleet)).isEqualTo("CANCELLED");
    }

    @Test
    void itIsPausedResumedAndCancelledWithWhatWaits() {
        JsonNode fleet = create("get_ip_config", "{}", gateways(3), "\"ratePerMinute\":1");
        await().until(() -> summary(fleet).path("PENDING").asInt() == 1);

        assertThat(approver.post(path(fleet) + "/pause", "{}").statusCode()).isEqualTo(200);
        server.clock().advance(Duration.ofMinutes(5));
        assertThat(summary(fleet).path("waiting").asInt()).isEqualTo(2);
        assertThat(approver.post(path(fleet) + "/pause", "{}").statusCode()).isEqualTo(409);
        assertThat(approver.post(path(fleet) + "/resume", "{}").statusCode()).isEqualTo(200);
        await().until(() -> summary(fleet).path("waiting").asInt() < 2);
        approver.post(path(fleet) + "/cancel", "{\"reason\":\"enough\"}");

        assertThat(summary(fleet).path("CANCELLED").asInt()).isGreaterThanOrEqualTo(1);
        assertThat(state(fleet)).isEqualTo("CANCELLED");
    }

    @Test
    void whatIsDangerousIsApprovedOnceForAll() {
        JsonNode fleet = create("update_rollback", "{\"reason\":\"faulty\"}", gateways(2), "\"ratePerMinute\":6000");
        String body = "{\"paramsHash\":\"" + fleet.get("paramsHash").asText() + "\"}";
        assertThat(state(fleet)).isEqualTo("PENDING_APPROVAL");
        assertThat(approver.post(path(fleet) + "/approve", body).statusCode()).isEqualTo(403);

        assertThat(server.admin().post(path(fleet) + "/approve", body).statusCode())
                .isEqualTo(200);

        await().until(() -> {
            server.clock().advance(Duration.ofMillis(50));
            return summary(fleet).path("PENDING").asInt() == 2;
        });
        JsonNode command = TestApi.json(
                        approver.get("/api/v1/commands?fleet=" + fleet.get("id").asText()))
                .at("/items/0");
        assertThat(command.get("approvedBy").asText()).isEqualTo("admin");
        assertThat(command.get("requestedBy").asText()).isEqualTo("anan");
    }

    @Test
    void aTargetThatDoesNotExistIsCountedAndAnEmergencyIsNotForMany() {
        JsonNode fleet = create("get_ip_config", "{}", List.of("GW-nowhere"), "\"ratePerMinute\":60");
        await().until(() -> state(fleet).equals("DONE"));
        assertThat(summary(fleet).get("refused").asInt()).isEqualTo(1);

        HttpResponse<String> emergency = approver.post(
                "/api/v1/fleet-commands",
                "{\"type\":\"set_operation\",\"params\":{\"operation\":\"emergency\",\"all\":true},\"targets\":[{\"gatewayId\":\"x\"}]}");
        assertThat(emergency.statusCode()).isEqualTo(422);
        assertThat(TestApi.json(emergency).get("code").asText()).isEqualTo("no_break_glass");
    }

    @Test
    void theDescriptionOfTheApiHasEachCommandOfTheRegistry() {
        JsonNode document = TestApi.json(approver.get("/api/v1/openapi.json"));
        JsonNode registry = TestApi.json(approver.get("/api/v1/commands/registry"));

        assertThat(registry.get("commands").size()).isGreaterThan(30);
        registry.get("commands")
                .forEach(command -> assertThat(document.at("/components/schemas")
                                .get("params." + command.get("type").asText()))
                        .isEqualTo(command.get("params")));
        TestApi admin = server.admin();
        document.get("paths").fieldNames().forEachRemaining(path -> {
            if (document.at("/paths").get(path).has("get") && !path.contains("{") && !path.contains("device")) {
                assertThat(admin.get(path).statusCode()).as(path).isNotIn(404, 405, 500);
            }
        });
    }

    private static List<String> gateways(int count) {
        List<String> ids = new ArrayList<>();
        fleets++;
        for (int i = 0; i < count; i++) {
            ids.add("F" + fleets + "-" + i);
            server.addGateway("F" + fleets + "-" + i);
        }
        return ids;
    }

    private static JsonNode create(String type, String params, List<String> gateways, String more) {
        String targets =
                gateways.stream().map(id -> "{\"gatewayId\":\"" + id + "\"}").collect(Collectors.joining(","));
        HttpResponse<String> answer = approver.post(
                "/api/v1/fleet-commands",
                "{\"type\":\"" + type + "\",\"params\":" + params + ",\"targets\":[" + targets + "]," + more + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return TestApi.json(answer);
    }

    private static String path(JsonNode fleet) {
        return "/api/v1/fleet-commands/" + fleet.get("id").asText();
    }

    private static JsonNode summary(JsonNode fleet) {
        return TestApi.json(approver.get(path(fleet))).get("summary");
    }

    private static String state(JsonNode fleet) {
        return TestApi.json(approver.get(path(fleet))).get("state").asText();
    }
}
