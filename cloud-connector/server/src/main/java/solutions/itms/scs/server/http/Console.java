package solutions.itms.scs.server.http;

import io.javalin.http.Context;
import io.javalin.http.staticfiles.ResourceHandler;
import io.javalin.http.staticfiles.StaticFileConfig;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The console's files, from a folder of the class path. Thread-safe. */
public final class Console implements ResourceHandler {
    private static final Pattern FILE = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("webp", "image/webp"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=utf-8"));
    private static final String MISSING = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Not found</title>
            <h1>Not found</h1><p>%s</p></html>
            """;

    private final String folder;

    /** @param folder on the class path, without a slash at its end, such as {@code /web} */
    public Console(String folder) {
        this.folder = folder;
    }

    @Override
    public boolean canHandle(Context context) {
        return !context.path().startsWith("/api/");
    }

    @Override
    public boolean handle(Context context) {
        String path = context.path();
        if (!canHandle(context)) {
            return false;
        }
        byte[] file = isPage(path) ? null : read(path);
        if (file != null) {
            serve(context, path, file);
            return true;
        }
        byte[] index = read("/index.html");
        if (index != null && isPage(path)) {
            serve(context, "/index.html", index);
        } else {
            notFound(context, index == null);
        }
        return true;
    }

    @Override
    public Set<RouteRole> resourceRouteRoles(Context context) {
        return Set.of();
    }

    @Override
    public boolean addStaticFileConfig(StaticFileConfig config) {
        return false;
    }

    /** Addresses that the console's own router knows. */
    private static boolean isPage(String path) {
        return path.equals("/") || path.equals("/login") || path.equals("/dashboard") || path.startsWith("/dashboard/");
    }

    private static void serve(Context context, String path, byte[] file) {
        // the build puts a hash of the content into the names under /assets
        boolean unchanging = path.startsWith("/assets/");
        context.header("Cache-Control", unchanging ? "public, max-age=31536000, immutable" : "no-cache")
                .contentType(type(path))
                .result(file);
    }

    private static void notFound(Context context, boolean noConsole) {
        String reason = noConsole
                ? "The console is not part of this server. The API is under /api/v1."
                : "There is no such page.";
        context.status(404).contentType("text/html; charset=utf-8").result(MISSING.formatted(reason));
    }

    private static String type(String path) {
        return TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "");
    }

    private byte @Nullable [] read(String path) {
        // without a type that is known it may be a folder, which some class paths can read
        if (!FILE.matcher(path).matches() || type(path).isEmpty()) {
            return null;
        }
        try (InputStream in = Console.class.getResourceAsStream(folder + path)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
