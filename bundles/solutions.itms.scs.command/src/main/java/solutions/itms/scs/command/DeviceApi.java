package solutions.itms.scs.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.message.command.RequestSignature;
import solutions.itms.scs.message.command.SignedRequests;

/** The server's HTTP API for devices; every request is signed. Thread-safe. */
final class DeviceApi {
    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration REQUEST = Duration.ofSeconds(20);

    private final SignedRequests requests;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    DeviceApi(SignedRequests requests) {
        this.requests = requests;
    }

    /**
     * An answer.
     *
     * @param body an object in JSON; empty when there is none
     */
    record Answer(int status, Map<String, @Nullable Object> body) {
        boolean isOk() {
            return status / 100 == 2;
        }
    }

    /** @param wait how long the server may take */
    Answer get(String resource, String query, Duration wait) throws IOException, InterruptedException {
        return send("GET", resource, query, new byte[0], REQUEST.plus(wait));
    }

    Answer post(String resource, byte[] json) throws IOException, InterruptedException {
        return send("POST", resource, "", json, REQUEST);
    }

    private Answer send(String method, String resource, String query, byte[] body, Duration timeout)
            throws IOException, InterruptedException {
        HttpRequest.Builder builder = requests.request(method, resource, query, RequestSignature.sha256(body))
                .timeout(timeout);
        if (method.equals("POST")) {
            builder.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(body));
        }
        HttpResponse<InputStream> response = http.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            return new Answer(response.statusCode(), bytes.length == 0 ? Map.of() : object(bytes));
        }
    }

    private static Map<String, @Nullable Object> object(byte[] bytes) throws IOException {
        try {
            return JsonText.readObject(bytes, MAX_BYTES);
        } catch (MalformedPayloadException e) {
            throw new IOException("the server's answer is " + e.getMessage(), e);
        }
    }
}
