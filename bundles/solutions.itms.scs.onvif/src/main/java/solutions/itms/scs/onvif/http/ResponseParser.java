package solutions.itms.scs.onvif.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one answer as its bytes come. Not thread-safe. */
final class ResponseParser {
    private static final int MAX_HEAD = 32 * 1024;

    private enum Part {
        HEAD,
        FIXED,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        TO_THE_END,
        DONE
    }

    private final int maxBody;
    private Part part = Part.HEAD;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private int headSize;
    private int status = -1;
    private long left;
    private boolean reusable = true;
    private boolean begun;
    private boolean rtsp;

    ResponseParser(int maxBody) {
        this.maxBody = maxBody;
    }

    /** Whether any byte has come. */
    boolean begun() {
        return begun;
    }

    /** Whether the connection can carry another request, once the answer is complete. */
    boolean reusable() {
        return reusable && part == Part.DONE;
    }

    /** Takes bytes. @return the answer when it is complete */
    @Nullable
    HttpResponse feed(ByteBuffer bytes) throws HttpFailure {
        begun |= bytes.hasRemaining();
        while (bytes.hasRemaining() && part != Part.DONE) {
            switch (part) {
                case HEAD, CHUNK_SIZE, CHUNK_END, TRAILER -> {
                    byte next = bytes.get();
                    if (next == '\n') {
                        line();
                    } else if (++headSize > MAX_HEAD) {
                        throw new HttpFailure(HttpFailure.Kind.TOO_LARGE, "the head of the answer is too large");
                    } else {
                        line.write(next);
                    }
                }
                case FIXED, CHUNK -> {
                    take(bytes, (int) Math.min(left, bytes.remaining()));
                    if (left == 0) {
                        part = part == Part.FIXED ? Part.DONE : Part.CHUNK_END;
                    }
                }
                default -> take(bytes, bytes.remaining());
            }
        }
        if (part == Part.DONE && bytes.hasRemaining()) {
            reusable = false; // more than was announced: nobody knows what the next answer would be
        }
        return part == Part.DONE ? response(true) : null;
    }

    /** The connection has ended. @return the answer, when enough of it is there */
    HttpResponse end() throws HttpFailure {
        reusable = false;
        if (!begun) {
            throw new HttpFailure(HttpFailure.Kind.NO_ANSWER, "the connection was closed without an answer");
        }
        if (part == Part.HEAD) {
            throw new HttpFailure(HttpFailure.Kind.BROKEN, "the connection was closed in the middle of the answer");
        }
        return response(part == Part.TO_THE_END);
    }

    private void take(ByteBuffer bytes, int count) throws HttpFailure {
        if (body.size() + count > maxBody) {
            throw tooLarge();
        }
        byte[] copy = new byte[count];
        bytes.get(copy);
        body.writeBytes(copy);
        left -= count;
    }

    private HttpFailure tooLarge() {
        return new HttpFailure(HttpFailure.Kind.TOO_LARGE, "the answer has more than " + maxBody + " bytes");
    }

    private void line() throws HttpFailure {
        String text = line.toString(StandardCharsets.ISO_8859_1).strip();
        line.reset();
        switch (part) {
            case HEAD -> head(text);
            case CHUNK_SIZE -> chunk(text);
            case CHUNK_END -> part = Part.CHUNK_SIZE;
            default -> part = text.isEmpty() ? Part.DONE : Part.TRAILER;
        }
    }

    private void head(String text) throws HttpFailure {
        if (status < 0) {
            if (!text.isEmpty()) {
                status = status(text);
                rtsp = text.startsWith("RTSP/");
            }
        } else if (!text.isEmpty()) {
            int colon = text.indexOf(':');
            if (colon > 0) {
                headers.add(Map.entry(
                        text.substring(0, colon).strip(),
                        text.substring(colon + 1).strip()));
            }
        } else if (status < 200) {
            status = -1;
            headers.clear();
        } else {
            body();
        }
    }

    private static int status(String text) throws HttpFailure {
        String[] words = text.split(" +", 3);
        if (!(words[0].startsWith("HTTP/") || words[0].startsWith("RTSP/"))
                || words.length < 2
                || !words[1].matches("[1-9]\\d\\d")) {
            throw new HttpFailure(HttpFailure.Kind.BROKEN, "the answer is not HTTP");
        }
        return Integer.parseInt(words[1]);
    }

    private void body() throws HttpFailure {
        String connection = header("connection").orElse("").toLowerCase(Locale.ROOT);
        reusable = !connection.contains("close");
        Optional<String> length = header("content-length");
        if (status == 204 || status == 304 || (rtsp && length.isEmpty())) {
            part = Part.DONE;
        } else if (header("transfer-encoding")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            part = Part.CHUNK_SIZE;
        } else if (length.isPresent() && length.get().matches("\\d{1,12}")) {
            left = Long.parseLong(length.get());
            if (left > maxBody) {
                throw tooLarge();
            }
            part = left == 0 ? Part.DONE : Part.FIXED;
        } else {
            reusable = false;
            part = Part.TO_THE_END;
        }
    }

    private void chunk(String text) throws HttpFailure {
        String size = text.replaceFirst(";.*", "").strip();
        if (!size.matches("[0-9A-Fa-f]{1,8}")) {
            throw new HttpFailure(HttpFailure.Kind.BROKEN, "the answer has a chunk without a size");
        }
        headSize = 0;
        left = Long.parseLong(size, 16);
        if (left > maxBody) {
            throw tooLarge();
        }
        part = left == 0 ? Part.TRAILER : Part.CHUNK;
    }

    private Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private HttpResponse response(boolean complete) {
        return new HttpResponse(status, headers, body.toByteArray(), complete);
    }
}
