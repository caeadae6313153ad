package solutions.itms.scs.server.http;

import io.javalin.http.Context;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses requests that another site's page made in the name of whoever is logged in. Stateless. */
final class SameOrigin {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private SameOrigin() {}

    static void check(Context context) {
        String origin = context.header("Origin");
        if (origin != null
                && !READING.contains(context.method().toString())
                && !origin.equals("null")
                && !authority(origin).equals(context.host())) {
            throw new Problem(403, "cross_origin", "Refused", "The request comes from another site.");
        }
    }

    private static String authority(String origin) {
        try {
            @Nullable String authority = URI.create(origin).getRawAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
