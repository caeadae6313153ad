package solutions.itms.scs.media.rtsp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.onvif.http.Digest;
import solutions.itms.scs.onvif.http.HttpResponse;

/** Proves who we are: Digest when the server knows it, Basic when that is all it knows. Not thread-safe. */
public final class Authenticator {
    private final String user;
    private final String password;

    @Nullable
    private Digest digest;

    private boolean basic;

    /** For one user. */
    public Authenticator(String user, String password) {
        this.user = user;
        this.password = password;
    }

    /** Whether requests carry a proof. */
    boolean active() {
        return digest != null || basic;
    }

    /** Takes a refusal; empty when nothing in it can be met. */
    Optional<String> answer(HttpResponse refusal, String method, String uri) {
        Optional<Digest> offered = Digest.of(refusal, user, password);
        digest = offered.orElse(null);
        basic = offered.isEmpty()
                && refusal.all("WWW-Authenticate").stream()
                        .anyMatch(header -> header.toLowerCase(Locale.ROOT).startsWith("basic"));
        return active() ? Optional.of(header(method, uri)) : Optional.empty();
    }

    String header(String method, String uri) {
        Digest known = digest;
        return known != null
                ? known.authorization(method, uri)
                : "Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
