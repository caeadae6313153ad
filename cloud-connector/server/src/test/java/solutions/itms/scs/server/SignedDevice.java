package solutions.itms.scs.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.RequestSignature;
import solutions.itms.scs.message.command.SigningKey;

/** A device that signs its HTTP requests, and can sign them wrongly. */
final class SignedDevice {
    static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String address;
    private final Clock clock;
    private final String keyId;
    private final String apiKey;
    private final @Nullable SigningKey key;
    private final byte[] secret;

    private SignedDevice(
            String address, Clock clock, String keyId, String apiKey, @Nullable SigningKey key, byte[] secret) {
        this.address = address;
        this.clock = clock;
        this.keyId = keyId;
        this.apiKey = apiKey;
        this.key = key;
        this.secret = secret;
    }

    static SignedDevice withKey(String address, Clock clock, SigningKey key) {
        return new SignedDevice(address, clock, key.id(), key.id(), key, new byte[0]);
    }

    /** @param apiKey {@code id:secret} */
    static SignedDevice withSecret(String address, Clock clock, String apiKey, boolean sendsSecret) {
        int colon = apiKey.indexOf(':');
        String hash = RequestSignature.sha256(apiKey.substring(colon + 1).getBytes(StandardCharsets.UTF_8));
        String id = apiKey.substring(0, colon);
        return new SignedDevice(
                address,
                clock,
                id,
                sendsSecret ? apiKey : id,
                null,
                HexFormat.of().parseHex(hash));
    }

    /** What may be wrong about a request. */
    record Fault(
            long skewMillis,
            String nonce,
            String sentBody,
            @Nullable String signature) {}

    HttpResponse<String> get(String path, String query) throws Exception {
        return send("GET", path, query, "", null);
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return send("POST", path, "", body, null);
    }

    HttpResponse<String> post(String path, String body, Fault fault) throws Exception {
        return send("POST", path, "", body, fault);
    }

    /** @param sent another body than the one that was signed; null = the same */
    HttpResponse<String> put(String path, String query, byte[] body, byte @Nullable [] sent) throws Exception {
        return HTTP.send(
                putting(path, query, body, HttpRequest.BodyPublishers.ofByteArray(sent == null ? body : sent)),
                HttpResponse.BodyHandlers.ofString());
    }

    /** @param sent how the signed body is sent */
    HttpRequest putting(String path, String query, byte[] body, HttpRequest.BodyPublisher sent) {
        URI uri = URI.create(address + path + "?" + query);
        RequestSignature request = new RequestSignature(
                "PUT",
                path,
                query,
                uri.getAuthority(),
                Long.toString(clock.millis()),
                nonce(),
                RequestSignature.sha256(body),
                keyId);
        return HttpRequest.newBuilder(uri)
                .header(RequestSignature.API_KEY, apiKey)
                .header(RequestSignature.TIMESTAMP, request.timestamp())
                .header(RequestSignature.NONCE, request.nonce())
                .header(RequestSignature.BODY_SHA256, request.bodySha256())
                .header(RequestSignature.SIGNATURE, key == null ? request.sign(secret) : request.sign(key.key()))
                .PUT(sent)
                .build();
    }

    static Fault skewed(long millis) {
        return new Fault(millis, nonce(), "", null);
    }

    static String nonce() {
        return UUID.randomUUID().toString() + new Random().nextInt(9);
    }

    HttpRequest request(String method, String path, String query, String body, @Nullable Fault fault) {
        URI uri = URI.create(address + path + (query.isEmpty() ? "" : "?" + query));
        String time = Long.toString(clock.millis() + (fault == null ? 0 : fault.skewMillis()));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        RequestSignature request = new RequestSignature(
                method,
                path,
                query,
                uri.getAuthority(),
                time,
                fault == null ? nonce() : fault.nonce(),
                RequestSignature.sha256(bytes),
                keyId);
        String signature = key == null ? request.sign(secret) : request.sign(key.key());
        String sent = fault == null || fault.sentBody().isEmpty() ? body : fault.sentBody();
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri)
                .header(RequestSignature.API_KEY, apiKey)
                .header(RequestSignature.TIMESTAMP, time)
                .header(RequestSignature.NONCE, request.nonce())
                .header(RequestSignature.BODY_SHA256, request.bodySha256())
                .header(
                        RequestSignature.SIGNATURE,
                        fault == null || fault.signature() == null ? signature : fault.signature());
        return method.equals("GET")
                ? builder.build()
                : builder.header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(sent))
                        .build();
    }

    private HttpResponse<String> send(String method, String path, String query, String body, @Nullable Fault fault)
            throws Exception {
        return HTTP.send(request(method, path, query, body, fault), HttpResponse.BodyHandlers.ofString());
    }
}
