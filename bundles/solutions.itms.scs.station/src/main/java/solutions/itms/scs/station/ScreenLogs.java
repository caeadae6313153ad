package solutions.itms.scs.station;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.InputStreamContentSource;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.station.log.LogFile;
import solutions.itms.scs.station.log.LogReader;

/** Shows the log's files on the screen: a list, the newest lines, and each file to keep. */
final class ScreenLogs {
    private static final int MAX_LINES = 1_000;
    private static final int DEFAULT_LINES = 200;

    private final @Nullable LogReader reader;
    private final DiskWork disk;

    /** @param reader null = there is no log */
    ScreenLogs(@Nullable LogReader reader, DiskWork disk) {
        this.reader = reader;
        this.disk = disk;
    }

    /** Where the files are, and which there are. */
    void list(Exchange exchange) {
        disk.answer(exchange, () -> {
            List<LogFile> files = reader == null ? List.of() : reader.list();
            return Answers.json(out -> {
                out.writeBooleanField("ok", true);
                out.writeStringField(
                        "folder", reader == null ? "" : reader.root().toString());
                out.writeArrayFieldStart("files");
                for (LogFile file : files) {
                    out.writeStartObject();
                    out.writeStringField("path", file.path());
                    out.writeStringField("day", file.day().toString());
                    out.writeNumberField("bytes", file.bytes());
                    out.writeNumberField("modified", file.modified().toEpochMilli());
                    out.writeEndObject();
                }
                out.writeEndArray();
            });
        });
    }

    /** The newest lines of {@code device}, or of the file {@code path}. */
    void tail(Exchange exchange) throws BadRequest {
        Fields query = query(exchange);
        String device = query.getValue("device");
        String path = query.getValue("path");
        int lines = lines(query.getValue("lines"));
        disk.answer(exchange, () -> {
            List<String> tail = reader == null
                    ? List.of()
                    : device != null ? reader.tail(device, lines) : tailOf(reader, path, lines);
            return Answers.json(out -> {
                out.writeBooleanField("ok", true);
                out.writeArrayFieldStart("lines");
                for (String line : tail) {
                    out.writeString(line);
                }
                out.writeEndArray();
            });
        });
    }

    /** A whole file as plain text; one that is compressed on the disk, too. */
    void file(Exchange exchange) throws BadRequest {
        String path = String.valueOf(query(exchange).getValue("path"));
        if (reader == null) {
            exchange.refuse(404, "no such log file");
            return;
        }
        disk.run(exchange, done -> {
            try {
                send(exchange, path, text(reader, path), done);
            } catch (NoSuchFileException e) {
                done.run();
                exchange.refuse(404, "no such log file");
            }
        });
    }

    private static void send(Exchange exchange, String path, InputStream text, Runnable done) {
        String name = path.replace(".gz", "").replaceAll("[^A-Za-z0-9._~-]", "_");
        exchange.requestIsComplete();
        exchange.response().setStatus(200);
        exchange.header(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.header(HttpHeader.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
        exchange.header(HttpHeader.CACHE_CONTROL, "no-store");
        exchange.response().getHeaders().put("X-Content-Type-Options", "nosniff");
        boolean head = exchange.request().getMethod().equals("HEAD");
        Content.copy(
                new InputStreamContentSource(head ? InputStream.nullInputStream() : text),
                exchange.response(),
                Callback.from(exchange.callback(), done));
    }

    private static InputStream text(LogReader reader, String path) throws IOException {
        InputStream file = reader.open(path);
        try {
            return path.endsWith(".gz") ? new GZIPInputStream(file) : file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static List<String> tailOf(LogReader reader, @Nullable String path, int lines)
            throws IOException, BadRequest {
        if (path == null || path.endsWith(".gz")) {
            throw BadRequest.of(new FieldError(null, "path", "must be a file of the list that is not compressed"));
        }
        try {
            return reader.tailOf(path, lines);
        } catch (NoSuchFileException e) {
            throw BadRequest.of(new FieldError(null, "path", "is no file of the list"));
        }
    }

    private static int lines(@Nullable String text) throws BadRequest {
        if (text == null) {
            return DEFAULT_LINES;
        }
        int lines = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        if (lines < 1 || lines > MAX_LINES) {
            throw BadRequest.of(new FieldError(null, "lines", "must be 1 to " + MAX_LINES));
        }
        return lines;
    }

    private static Fields query(Exchange exchange) throws BadRequest {
        try {
            return Request.extractQueryParameters(exchange.request(), StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            throw BadRequest.of(new FieldError(null, "query", "is not well encoded"));
        }
    }
}
