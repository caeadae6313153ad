package solutions.itms.scs.server.artifact;

import io.javalin.http.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.server.http.Json;
import solutions.itms.scs.server.http.Problem;

/** Bodies of requests about files. Stateless. */
final class Body {
    private static final int MAX_BYTES = 16 * 1024;

    private Body() {}

    static byte[] bytes(Context context) {
        byte[] body = context.bodyAsBytes();
        if (body.length > 0) {
            Json.requireType(context);
        }
        return body;
    }

    static Map<String, @Nullable Object> object(byte[] body) {
        try {
            return body.length == 0 ? Map.of() : JsonText.readObject(body, MAX_BYTES);
        } catch (MalformedPayloadException e) {
            throw Problem.badRequest("The body is " + e.getMessage() + ".");
        }
    }

    /** The length of a body that is read as it comes. */
    static long length(Context context) {
        long length = context.req().getContentLengthLong();
        if (length < 0) {
            throw new Problem(411, "length_required", "Length required", "The body needs a Content-Length.");
        }
        return length;
    }

    /** A number in the query. */
    static long number(Context context, String name, long preset, long max) {
        String value = context.queryParam(name);
        if (value == null) {
            return preset;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw Problem.badRequest("'" + name + "' must be a number from 0 to " + max + ".");
    }
}
