package solutions.itms.scs.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A browser's side of the API. */
public final class TestApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String address;
    private @Nullable String cookie;

    public TestApi(String address) {
        this.address = address;
    }

    public String address() {
        return address;
    }

    public HttpResponse<String> login(String user, String password) {
        HttpResponse<String> answer = post("/api/v1/auth/login", json(Map.of("username", user, "password", password)));
        answer.headers().firstValue("Set-Cookie").ifPresent(value -> cookie = value.split(";", 2)[0]);
        return answer;
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    public HttpResponse<String> post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> put(String path, byte[] body) {
        return send(request(path).PUT(BodyPublishers.ofByteArray(body)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A request with the session's cookie, if there is one. */
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(20));
        return cookie == null ? request : request.header("Cookie", cookie);
    }

    /** What the server counted. */
    public long metric(String name) {
        return json(get("/api/v1/ops/metrics")).get(name).asLong();
    }

    /** The session's cookie as a header has it. */
    public String cookie() {
        return cookie == null ? "" : cookie;
    }

    public TestStream live() {
        return TestStream.open(HTTP, request("/api/v1/live").build());
    }

    /** The only gateway of this id in the list. */
    public JsonNode gateway(String id) {
        return only(get("/api/v1/gateways"), "id", id);
    }

    public JsonNode gate(String gatewayId, String id) {
        for (JsonNode gate : json(get("/api/v1/gates"))) {
            if (gate.get("id").asText().equals(id)
                    && gate.get("gatewayId").asText().equals(gatewayId)) {
                return gate;
            }
        }
        return JSON.nullNode();
    }

    public String gatewayStatus(String id) {
        return gateway(id).path("status").asText();
    }

    public String gateStatus(String gatewayId, String id) {
        return gate(gatewayId, id).path("status").asText();
    }

    public static JsonNode json(HttpResponse<String> answer) {
        return json(answer.body());
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    private static String json(Map<String, String> members) {
        try {
            return JSON.writeValueAsString(members);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode only(HttpResponse<String> answer, String member, String value) {
        for (JsonNode node : json(answer)) {
            if (node.get(member).asText().equals(value)) {
                return node;
            }
        }
        return JSON.nullNode();
    }
}
