package solutions.itms.scs.server.command;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.CommandRegistry;
import solutions.itms.scs.message.command.CommandType;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.server.auth.Permission;
import solutions.itms.scs.server.http.Routes;

/**
 * The API's description (OpenAPI 3.1): the routes from a file, the schemas of each command's parameters and result from
 * the registry. Thread-safe.
 */
final class OpenApiRoutes implements Routes {
    private static final String FILE = "/openapi/openapi.json";

    private final byte[] document;

    OpenApiRoutes(CommandRegistry registry) {
        this.document = JsonText.write(document(registry));
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(
                "/api/v1/openapi.json",
                context -> context.contentType("application/json").result(document),
                Permission.READ);
    }

    private static Map<String, @Nullable Object> document(CommandRegistry registry) {
        Map<String, @Nullable Object> document = read();
        Map<String, @Nullable Object> components = new LinkedHashMap<>(object(document.get("components")));
        Map<String, @Nullable Object> schemas = new LinkedHashMap<>(object(components.get("schemas")));
        List<Map<String, @Nullable Object>> requests = new ArrayList<>();
        Map<String, @Nullable Object> mapping = new LinkedHashMap<>();
        for (CommandType type : registry.all()) {
            schemas.put("params." + type.name(), type.parameters().json());
            schemas.put("result." + type.name(), type.result().json());
            schemas.put("request." + type.name(), request(type));
            requests.add(Map.of("$ref", "#/components/schemas/request." + type.name()));
            mapping.put(type.name(), "#/components/schemas/request." + type.name());
        }
        Map<String, @Nullable Object> any = new LinkedHashMap<>();
        any.put("oneOf", requests);
        any.put("discriminator", Map.of("propertyName", "type", "mapping", mapping));
        schemas.put("CommandRequest", any);
        components.put("schemas", schemas);
        document.put("components", components);
        return document;
    }

    private static Map<String, @Nullable Object> request(CommandType type) {
        Map<String, @Nullable Object> own = new LinkedHashMap<>();
        own.put("type", "object");
        own.put("title", CommandType.in(type.title(), "en"));
        own.put("description", CommandType.in(type.help(), "en"));
        own.put("required", List.of("type"));
        own.put(
                "properties",
                Map.of(
                        "type",
                        Map.of("const", type.name()),
                        "params",
                        Map.of("$ref", "#/components/schemas/params." + type.name())));
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("allOf", List.of(Map.of("$ref", "#/components/schemas/CommandBase"), own));
        return request;
    }

    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> object.put(String.valueOf(key), member));
        }
        return object;
    }

    private static Map<String, @Nullable Object> read() {
        try (InputStream in = OpenApiRoutes.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not part of this server");
            }
            return new ObjectMapper().readValue(in, new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
