package solutions.itms.scs.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.message.command.RequestSignature;
import solutions.itms.scs.message.command.SignedRequests;

/** The server's side of uploads. Thread-safe. */
final class ArtifactServer {
    private static final int MAX_ANSWER = 64 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration REQUEST = Duration.ofSeconds(30);
    private static final Duration PIECE = Duration.ofSeconds(60);
    /** The server reads the whole file once more, and may have to bring it elsewhere. */
    private static final Duration COMPLETE = Duration.ofMinutes(10);

    private final SignedRequests requests;
    private final Pace pace;
    private final HttpClient http;

    /** @param http one for all uploads: each has threads of its own */
    ArtifactServer(HttpClient http, SignedRequests requests, Pace pace) {
        this.http = http;
        this.requests = requests;
        this.pace = pace;
    }

    /** What speaks to servers. */
    static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * An answer.
     *
     * @param offset where the server wants to go on; -1 when it did not say
     */
    record Answer(int status, String code, String state, long offset) {
        boolean isOk() {
            return status / 100 == 2;
        }

        boolean is(String wanted) {
            return code.equals(wanted);
        }
    }

    Answer declare(SpooledFile file) throws IOException, InterruptedException {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("id", file.id());
        body.put("name", file.name());
        body.put("mediaType", file.mediaType());
        body.put("kind", file.kind());
        body.put("device", file.device());
        body.put("size", file.size());
        body.put("sha256", file.sha256());
        return post(file.collection(), JsonText.write(body), REQUEST);
    }

    Answer complete(SpooledFile file) throws IOException, InterruptedException {
        return post(file.resource() + "/complete", JsonText.write(Map.of()), COMPLETE);
    }

    Answer cancel(SpooledFile file) throws IOException, InterruptedException {
        return send(requests.request("DELETE", file.resource(), "", RequestSignature.sha256(new byte[0]))
                .timeout(REQUEST)
                .DELETE());
    }

    /** Whether the line may be used as much as it gives. */
    boolean isUnpaced() {
        return !pace.isOn();
    }

    /** Begins to send a file in one request; {@link #await} tells what became of it. */
    CompletableFuture<HttpResponse<InputStream>> put(SpooledFile file, Path path) {
        HttpRequest request = requests.request("PUT", file.resource(), "offset=0", file.sha256())
                .timeout(PIECE)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.fromPublisher(new FilePublisher(path, file.size()), file.size()))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    /** Begins to send a piece of a file; {@link #await} tells what became of it. */
    CompletableFuture<HttpResponse<InputStream>> put(SpooledFile file, Piece piece) {
        int length = piece.length();
        HttpRequest.BodyPublisher body = pace.isOn()
                ? BodyPublishers.fromPublisher(
                        BodyPublishers.ofInputStream(() -> new PacedInputStream(piece.bytes(), length, pace)), length)
                : BodyPublishers.fromPublisher(new PiecePublisher(piece.bytes(), length), length);
        HttpRequest request = requests.request("PUT", file.resource(), "offset=" + piece.offset(), piece.sha256())
                .timeout(PIECE.plus(pace.timeFor(length)))
                .header("Content-Type", "application/octet-stream")
                .PUT(body)
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    Answer await(CompletableFuture<HttpResponse<InputStream>> sending) throws IOException, InterruptedException {
        try {
            return answer(sending.get());
        } catch (ExecutionException e) {
            throw new IOException("the server can't be reached", e.getCause());
        } catch (CancellationException e) {
            throw new IOException("the upload was stopped", e);
        } catch (InterruptedException e) {
            sending.cancel(true);
            throw e;
        }
    }

    private Answer post(String resource, byte[] json, Duration timeout) throws IOException, InterruptedException {
        return send(requests.request("POST", resource, "", RequestSignature.sha256(json))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json)));
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return answer(http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    private static Answer answer(HttpResponse<InputStream> response) throws IOException {
        try (InputStream in = response.body()) {
            byte[] bytes = in.readNBytes(MAX_ANSWER);
            Map<String, @Nullable Object> body = bytes.length == 0 ? Map.of() : JsonText.readObject(bytes, MAX_ANSWER);
            long header = response.headers().firstValueAsLong("Upload-Offset").orElse(-1);
            return new Answer(
                    response.statusCode(),
                    text(body, "code"),
                    text(body, "state"),
                    body.get("offset") instanceof Long offset ? offset : header);
        } catch (MalformedPayloadException | NumberFormatException e) {
            return new Answer(response.statusCode(), "", "", -1);
        }
    }

    private static String text(Map<String, @Nullable Object> body, String name) {
        return body.get(name) instanceof String text ? text : "";
    }
}
