package solutions.itms.scs.message.command;

import java.net.URI;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;

/** Makes the requests of one gateway to the server's HTTP API for devices; every one is signed. Thread-safe. */
public final class SignedRequests {
    private static final String PATH = "/api/v1/device/";
    private static final int NONCE_BYTES = 16;

    private final URI base;
    private final SigningKey key;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param base such as {@code https://scs.example.org}
     * @param key its id is the gateway's, {@code #} and a number
     */
    public SignedRequests(URI base, SigningKey key, Clock clock) {
        this.base = base;
        this.key = key;
        this.clock = clock;
    }

    /** The id of this gateway. */
    public String gateway() {
        int end = key.id().lastIndexOf('#');
        return end < 0 ? key.id() : key.id().substring(0, end);
    }

    /**
     * A signed request without its body, which has to be the one with this hash.
     *
     * @param method such as {@code POST}
     * @param resource behind {@code /api/v1/device/}
     * @param query without the question mark; empty when there is none
     * @param bodySha256 as {@link RequestSignature#sha256} makes it
     */
    public HttpRequest.Builder request(String method, String resource, String query, String bodySha256) {
        String basePath = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
        String path = basePath + PATH + resource;
        String host = base.getPort() < 0 ? base.getHost() : base.getHost() + ":" + base.getPort();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        RequestSignature request = new RequestSignature(
                method,
                path,
                query,
                host,
                String.valueOf(clock.millis()),
                HexFormat.of().formatHex(nonce),
                bodySha256,
                key.id());
        URI uri = URI.create(base.getScheme() + "://" + host + path + (query.isEmpty() ? "" : "?" + query));
        return HttpRequest.newBuilder(uri)
                .header(RequestSignature.API_KEY, request.keyId())
                .header(RequestSignature.TIMESTAMP, request.timestamp())
                .header(RequestSignature.NONCE, request.nonce())
                .header(RequestSignature.BODY_SHA256, request.bodySha256())
                .header(RequestSignature.SIGNATURE, request.sign(key.key()));
    }
}
