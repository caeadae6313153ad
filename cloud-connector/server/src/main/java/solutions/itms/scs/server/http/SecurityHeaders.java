package solutions.itms.scs.server.http;

import io.javalin.http.Context;
import java.util.Map;

/** Headers that every answer has. Stateless. */
final class SecurityHeaders {
    static final Map<String, String> ALWAYS = Map.of(
            // the console's component library sets styles from script
            "Content-Security-Policy",
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self';"
                    + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=()");

    private SecurityHeaders() {}

    static void addTo(Context context) {
        ALWAYS.forEach(context::header);
        if (context.req().isSecure()) {
            context.header("Strict-Transport-Security", "max-age=31536000");
        }
        if (context.path().startsWith("/api/")) {
            context.header("Cache-Control", "no-store");
        }
        context.header("X-Request-Id", RequestId.of(context));
    }
}
