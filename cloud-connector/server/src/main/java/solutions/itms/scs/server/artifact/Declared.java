package solutions.itms.scs.server.artifact;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.device.GatewayIdentity;
import solutions.itms.scs.server.http.Problem;

/** What an uploader says of a file before its first byte. */
record Declared(
        String id,
        @Nullable String gatewayId,
        @Nullable String account,
        @Nullable String device,
        @Nullable String commandId,
        Kind kind,
        String name,
        String mediaType,
        @Nullable Long size,
        @Nullable String sha256,
        @Nullable String owner) {
    private static final int MAX_TEXT = 255;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Reads what a gateway declares; all of it is needed. */
    static Declared of(GatewayIdentity gateway, @Nullable String commandId, Map<String, @Nullable Object> body) {
        Kind kind = kind(body);
        if (kind == Kind.VIDEO || kind == Kind.RECORDING) {
            throw Problem.badRequest("'kind' must be log, snapshot, clip or other.");
        }
        return new Declared(
                matching(body, "id", ID, "32 hexadecimal digits in lower case"),
                gateway.id(),
                gateway.account(),
                text(body, "device"),
                commandId,
                kind,
                name(body),
                type(body, kind),
                size(body),
                matching(body, "sha256", SHA256, "64 hexadecimal digits in lower case"),
                null);
    }

    /** Whether it is about the same bytes. */
    boolean isSameAs(Artifact known) {
        return Objects.equals(gatewayId, known.gatewayId())
                && Objects.equals(commandId, known.commandId())
                && Objects.equals(size, known.size())
                && Objects.equals(sha256, known.sha256())
                && mediaType.equals(known.mediaType())
                && kind == known.kind();
    }

    static Kind kind(Map<String, @Nullable Object> body) {
        return Kind.of(text(body, "kind")).orElseThrow(() -> Problem.badRequest("'kind' is not known."));
    }

    /** A name is for people's eyes; with a slash in it somebody might take it for a path. */
    static String name(Map<String, @Nullable Object> body) {
        String name = text(body, "name");
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            throw new Problem(400, "bad_name", "Bad name", "'name' must have no slash.");
        }
        return name;
    }

    static String type(Map<String, @Nullable Object> body, Kind kind) {
        String type = text(body, "mediaType");
        if (MediaType.of(type).filter(known -> known.isFor(kind)).isEmpty()) {
            throw new Problem(
                    415,
                    "type_not_allowed",
                    "Type not allowed",
                    "A file of the kind '" + kind.code() + "' can't have this media type.");
        }
        return type;
    }

    static long size(Map<String, @Nullable Object> body) {
        if (body.get("size") instanceof Long size && size >= 0) {
            return size;
        }
        throw Problem.badRequest("'size' must be a number of bytes.");
    }

    static String text(Map<String, @Nullable Object> body, String name) {
        if (body.get(name) instanceof String text
                && !text.isBlank()
                && text.length() <= MAX_TEXT
                && text.codePoints().noneMatch(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF))) {
            return text;
        }
        throw Problem.badRequest("'" + name + "' must be a text of 1 to " + MAX_TEXT + " printable characters.");
    }

    private static String matching(Map<String, @Nullable Object> body, String name, Pattern pattern, String rule) {
        if (body.get(name) instanceof String text && pattern.matcher(text).matches()) {
            return text;
        }
        throw Problem.badRequest("'" + name + "' must be " + rule + ".");
    }
}
