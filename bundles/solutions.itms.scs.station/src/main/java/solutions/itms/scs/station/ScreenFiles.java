package solutions.itms.scs.station;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * The files of the screen, which lie in the bundle. What is below {@code assets} has a hash of its content in its name
 * and is kept by browsers for good; the page itself is fetched anew each time.
 */
final class ScreenFiles {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String FOR_GOOD = "public, max-age=31536000, immutable";
    private static final Pattern ASSET = Pattern.compile("/station/(assets/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99})");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8",
            "woff2", "font/woff2");

    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    private final String version;

    ScreenFiles() {
        Content page = content("index.html");
        String html = page == null ? "" : new String(page.plain, StandardCharsets.UTF_8);
        version = ASSET.matcher(html)
                .results()
                .map(MatchResult::group)
                .sorted()
                .distinct()
                .collect(Collectors.joining(","));
    }

    /** The assets that the page names, in order: another version of the screen has others. */
    String version() {
        return version;
    }

    /** Answers GET of everything below {@code /station} that is not the screen's interface. */
    void answer(Exchange exchange) {
        String path = String.valueOf(exchange.request().getHttpURI().getPath());
        boolean page = path.equals("/station") || path.equals("/station/");
        boolean asset = ASSET.matcher(path).matches();
        Content content = page ? content("index.html") : asset ? content(path.substring("/station/".length())) : null;
        if (content == null) {
            exchange.refuse(404, "not found");
            return;
        }
        exchange.header(HttpHeader.CACHE_CONTROL, page ? "no-store" : FOR_GOOD);
        exchange.header(HttpHeader.VARY, "Accept-Encoding");
        byte[] small = content.gzip;
        boolean gzip = small != null
                && exchange.request().getHeaders().getCSV(HttpHeader.ACCEPT_ENCODING, false).stream()
                        .anyMatch(coding -> coding.equals("gzip"));
        if (gzip) {
            exchange.header(HttpHeader.CONTENT_ENCODING, "gzip");
        }
        guard(exchange);
        exchange.answer(200, content.type, gzip && small != null ? small : content.plain);
    }

    /** Whoever opens the station's address in a browser wants the screen. */
    static void redirectBrowsers(Exchange exchange) {
        String accept = exchange.request().getHeaders().get(HttpHeader.ACCEPT);
        if (accept == null || !accept.contains("text/html")) {
            exchange.refuse(404, "not found");
            return;
        }
        exchange.header(HttpHeader.LOCATION, "/station/");
        exchange.header(HttpHeader.CACHE_CONTROL, "no-store");
        exchange.answer(302, "text/plain", new byte[0]);
    }

    /** Nothing from elsewhere, nothing inline, in nobody's frame. */
    static void guard(Exchange exchange) {
        exchange.response()
                .getHeaders()
                .put("Content-Security-Policy", POLICY)
                .put("X-Content-Type-Options", "nosniff")
                .put("Referrer-Policy", "no-referrer");
    }

    private @Nullable Content content(String name) {
        Content known = contents.get(name);
        if (known != null) {
            return known;
        }
        try (InputStream in = ScreenFiles.class.getResourceAsStream("screen/" + name)) {
            if (in == null) {
                return null;
            }
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
            Content read = Content.of(type, in.readAllBytes());
            contents.put(name, read);
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Content {
        final String type;
        final byte[] plain;
        final byte @Nullable [] gzip;

        private Content(String type, byte[] plain, byte @Nullable [] gzip) {
            this.type = type;
            this.plain = plain;
            this.gzip = gzip;
        }

        static Content of(String type, byte[] plain) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length);
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write(plain);
            }
            // fonts are compressed already
            return new Content(type, plain, bytes.size() < plain.length * 9 / 10 ? bytes.toByteArray() : null);
        }
    }
}
