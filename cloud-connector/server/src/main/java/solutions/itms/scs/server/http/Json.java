package solutions.itms.scs.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** JSON of the API: times as ISO 8601 in UTC with milliseconds. Stateless. */
public final class Json {
    private static final String TYPE = "application/json";
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(Instant.class, new InstantSerializer()))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    /** The value as UTF-8 bytes. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers with the value. */
    public static void answer(Context context, Object value) {
        context.contentType(TYPE).result(bytes(value));
    }

    /**
     * The request's body.
     *
     * @throws Problem if it is no JSON, or not what the type asks for
     */
    public static <T> T body(Context context, Class<T> type) {
        requireType(context);
        try {
            T value = MAPPER.readValue(context.bodyAsBytes(), type);
            if (value == null) {
                throw Problem.badRequest("The body must be a JSON object.");
            }
            return value;
        } catch (IOException e) {
            throw Problem.badRequest("The body is not the JSON that is expected here.");
        }
    }

    /**
     * A body that was read before.
     *
     * @throws Problem if it is no JSON
     */
    public static JsonNode tree(byte[] body) {
        try {
            JsonNode tree = MAPPER.readTree(body);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (IOException e) {
            throw Problem.badRequest("The body is no JSON.");
        }
    }

    /** Before all routes: what is posted is JSON, which no other site's form can send. */
    static void checkPost(Context context) {
        if (HandlerType.POST.equals(context.method()) && context.contentLength() > 0) {
            requireType(context);
        }
    }

    /** @throws Problem if the body is not said to be JSON */
    public static void requireType(Context context) {
        if (!isJson(context.contentType())) {
            throw new Problem(
                    415, "unsupported_media_type", "Unsupported media type", "The body must be " + TYPE + ".");
        }
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(TYPE);
    }

    private static final class InstantSerializer extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1L;
        private static final DateTimeFormatter MILLIS =
                new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

        InstantSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(MILLIS.format(value));
        }
    }
}
