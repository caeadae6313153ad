package solutions.itms.scs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.server.CommandGateway;
import solutions.itms.scs.server.TestApi;
import solutions.itms.scs.server.TestGateway;
import solutions.itms.scs.server.TestServer;
import solutions.itms.scs.server.bench.ServerProcess;

/**
 * The server's process is killed in the middle of commands, again and again; the gateway is the real executor, whose line
 * breaks with it. {@code -Dscs.command.kills=50} is a run of some minutes.
 */
class ServerKillTest {
    private static final int KILLS = Integer.getInteger("scs.command.kills", 2);
    private static final int PER_KILL = 12;
    private static final long SEED = Long.getLong("scs.command.seed", 20_261_121L);

    @TempDir
    Path directory;

    private final Map<String, Integer> effects = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final Random random = new Random(SEED);

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyCommandEndsInTimeAndIsDoneOnceHoweverOftenTheServerIsKilled() throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        String configuration = TestServer.run(data, "add-gateway", "GW");
        try (ServerProcess server = ServerProcess.start(directory, null);
                RealGateway gateway = gateway(server, configuration)) {
            gateway.fetchWithoutConnection();
            TestApi api = new TestApi(server.url());
            login(api);
            for (int i = 0; i < KILLS; i++) {
                gateway.connectIfDown();
                Thread asking = new Thread(() -> ask(api), "operator");
                asking.start();
                if (i == 0) {
                    // a server that has just begun may take longer for its first answer than it is let live
                    await().until(() -> !commands.isEmpty());
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(600)));
                server.kill();
                asking.join();
                server.start();
            }
            login(api);
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                gateway.connectIfDown();
                assertThat(open(api)).isEmpty();
            });
            check(api);
        }
    }

    private RealGateway gateway(ServerProcess server, String configuration) {
        TestGateway line = new TestGateway(server.mqttUrl(), "GW", TestServer.passwordIn(configuration));
        RealGateway gateway = new RealGateway(
                new CommandGateway("GW", line, configuration),
                "GW",
                Clock.systemUTC(),
                server.url(),
                directory.resolve("gateway"));
        gateway.handle("update_check", (parameters, context) -> {
            effects.merge(context.id(), 1, Integer::sum);
            if (context.id().hashCode() % 5 == 0) {
                throw new CommandException(FailureCode.UNAVAILABLE, "as the test wants it");
            }
            return new CommandResult(Map.of());
        });
        return gateway;
    }

    /** Asks for commands, and cancels some, until the server is gone. */
    private void ask(TestApi api) {
        try {
            for (int i = 0; i < PER_KILL; i++) {
                HttpResponse<String> answer =
                        api.post("/api/v1/commands", "{\"gatewayId\":\"GW\",\"type\":\"update_check\",\"params\":{}}");
                if (answer.statusCode() == 201) {
                    String id = TestApi.json(answer).get("id").asText();
                    commands.add(id);
                    if (i % 4 == 3) {
                        api.post("/api/v1/commands/" + id + "/cancel", "{}");
                    }
                }
            }
        } catch (RuntimeException e) {
            // killed
        }
    }

    private static void login(TestApi api) {
        assertThat(api.login("admin", ServerProcess.PASSWORD).statusCode()).isEqualTo(200);
    }

    private static List<String> open(TestApi api) {
        return TestApi.json(api.get("/api/v1/commands?state=open&limit=500"))
                .get("items")
                .findValuesAsText("id");
    }

    private void check(TestApi api) {
        assertThat(commands).isNotEmpty();
        for (JsonNode listed :
                TestApi.json(api.get("/api/v1/commands?limit=500")).get("items")) {
            String id = listed.get("id").asText();
            JsonNode command = TestApi.json(api.get("/api/v1/commands/" + id));
            int count = effects.getOrDefault(id, 0);
            assertThat(count).as("effects of %s", id).isLessThanOrEqualTo(1);
            if (command.get("state").asText().equals("SUCCESS")) {
                assertThat(count).as("effects of the success %s", id).isEqualTo(1);
            }
            List<String> audited = new ArrayList<>();
            for (JsonNode row : TestApi.json(api.get("/api/v1/audit?limit=100&command=" + id))
                    .get("items")) {
                if (!row.get("newState")
                        .asText()
                        .equals(row.get("previousState").asText())) {
                    audited.add(0, row.get("newState").asText());
                }
            }
            assertThat(audited)
                    .as("audit of %s", id)
                    .isEqualTo(command.get("history").findValuesAsText("to"));
        }
        for (String id : commands) {
            assertThat(api.get("/api/v1/commands/" + id).statusCode())
                    .as("what was answered 201")
                    .isEqualTo(200);
        }
        assertThat(TestApi.json(api.get("/api/v1/audit/check")).get("whole").asBoolean())
                .isTrue();
    }
}
