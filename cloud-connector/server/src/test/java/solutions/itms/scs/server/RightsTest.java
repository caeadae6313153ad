package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what, as a matrix; and the people themselves. */
class RightsTest {
    @TempDir
    static Path directory;

    private static TestServer server;
    private static final Map<String, TestApi> PEOPLE = new LinkedHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(directory);
        server.addGateway("GW-1");
        for (String role : new String[] {"viewer", "operator", "approver"}) {
            PEOPLE.put(role, server.person("the-" + role, role));
        }
        PEOPLE.put("admin", server.admin());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | auth/session                        | viewer operator approver admin",
                "GET  | gateways                            | viewer operator approver admin",
                "GET  | gates                               | viewer operator approver admin",
                "GET  | gateways/GW-1/gaps                  | viewer operator approver admin",
                "GET  | ops/metrics                         | viewer operator approver admin",
                "GET  | commands                            | viewer operator approver admin",
                "GET  | commands/registry                   | viewer operator approver admin",
                "GET  | commands/no                         | viewer operator approver admin",
                "GET  | commands/no/readiness               | viewer operator approver admin",
                "GET  | artifacts                           | viewer operator approver admin",
                "GET  | storage                             | viewer operator approver admin",
                "GET  | videos                              | viewer operator approver admin",
                "GET  | recordings                          | viewer operator approver admin",
                "GET  | recordings/no                       | viewer operator approver admin",
                "GET  | recordings/no/download-url          | viewer operator approver admin",
                "GET  | devices/GW-1/no/thumbnail           | viewer operator approver admin",
                "POST | artifacts/no/link                   | viewer operator approver admin",
                "POST | videos/upload-url                   | operator approver admin",
                "POST | recordings                          | operator approver admin",
                "GET  | openapi.json                        | viewer operator approver admin",
                "POST | auth/reauth                         | viewer operator approver admin",
                "POST | commands                            | operator approver admin",
                "POST | commands/no/cancel                  | operator approver admin",
                "POST | commands/no/approve                 | approver admin",
                "POST | commands/no/reject                  | approver admin",
                "GET  | fleet-commands                      | viewer operator approver admin",
                "POST | fleet-commands                      | approver admin",
                "POST | fleet-commands/no/approve           | approver admin",
                "POST | fleet-commands/no/pause             | approver admin",
                "POST | fleet-commands/no/cancel            | approver admin",
                "GET  | audit                               | approver admin",
                "GET  | audit/check                         | approver admin",
                "GET  | users                               | admin",
                "POST | users                               | admin",
                "POST | users/nobody/role                   | admin",
                "POST | users/nobody/password               | admin",
                "POST | users/nobody/disable                | admin",
            })
    void aRoleMayDoThatAndNothingElse(String method, String path, String allowed) {
        Set<String> roles = Set.of(allowed.split(" "));
        assertThat(status(server.api(), method, path)).as("nobody").isEqualTo(401);
        PEOPLE.forEach((role, api) -> {
            int status = status(api, method, path);
            if (roles.contains(role)) {
                assertThat(status).as(role).isNotIn(401, 403, 500);
            } else {
                assertThat(status).as(role).isEqualTo(403);
            }
        });
    }

    @Test
    void whoIsDisabledOrChangedIsLoggedOut() {
        TestApi person = server.person("somchai", "operator");
        TestApi admin = server.admin();

        assertThat(admin.post("/api/v1/users/somchai/role", "{\"role\":\"viewer\"}")
                        .statusCode())
                .isEqualTo(204);

        assertThat(person.get("/api/v1/gates").statusCode()).isEqualTo(401);
        assertThat(person.login("somchai", TestServer.PASSWORD).statusCode()).isEqualTo(200);
        admin.post("/api/v1/users/somchai/disable", "");
        assertThat(person.get("/api/v1/gates").statusCode()).isEqualTo(401);
        assertThat(person.login("somchai", TestServer.PASSWORD).statusCode()).isEqualTo(401);
        admin.post("/api/v1/users/somchai/enable", "");
        HttpResponse<String> reset = admin.post("/api/v1/users/somchai/password", "{}");
        String password = TestApi.json(reset).get("password").asText();
        assertThat(person.login("somchai", password).statusCode()).isEqualTo(200);
        assertThat(TestApi.json(person.get("/api/v1/auth/session")).get("role").asText())
                .isEqualTo("viewer");
    }

    @Test
    void theLastAdministratorStays() {
        TestApi admin = server.admin();

        assertThat(admin.post("/api/v1/users/admin/disable", "").statusCode()).isEqualTo(409);
        assertThat(admin.post("/api/v1/users/admin/role", "{\"role\":\"viewer\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(admin.post("/api/v1/users", "{\"username\":\"x\",\"role\":\"king\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(admin.post("/api/v1/users", "{\"username\":\"a/b\",\"role\":\"viewer\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void theCommandLineAddsPeopleToo() {
        String password =
                server.command("add-user", "niran", "--role", "approver").strip();

        TestApi person = server.api();

        assertThat(person.login("niran", password).statusCode()).isEqualTo(200);
        assertThat(TestApi.json(server.admin().get("/api/v1/audit?action=person.add&limit=1"))
                        .at("/items/0/actor")
                        .asText())
                .isEqualTo("command line");
    }

    private static int status(TestApi api, String method, String path) {
        HttpRequest.Builder request = api.request("/api/v1/" + path.strip());
        return api.send(
                        method.strip().equals("GET")
                                ? request.GET()
                                : request.header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString(
                                                "{\"password\":\"" + TestServer.PASSWORD + "\"}")))
                .statusCode();
    }
}
