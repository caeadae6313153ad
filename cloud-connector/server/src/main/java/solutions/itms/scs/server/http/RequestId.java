package solutions.itms.scs.server.http;

import io.javalin.http.Context;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Names one request, in its answer and in the log. Stateless. */
public final class RequestId {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ATTRIBUTE = "scs.request.id";

    private RequestId() {}

    static String create() {
        byte[] bytes = new byte[8];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The id of this request. */
    public static String of(Context context) {
        @Nullable String known = context.attribute(ATTRIBUTE);
        if (known != null) {
            return known;
        }
        String id = create();
        context.attribute(ATTRIBUTE, id);
        return id;
    }
}
