package solutions.itms.scs.station;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** One segment of a request's path: percent-decoded once, as UTF-8. */
final class PathSegment {
    /** The longest id, each of its characters as four percent-encoded bytes. */
    private static final int MAX_ENCODED = DeviceId.MAX_LENGTH * 12;

    private PathSegment() {}

    /** The id of a device in a path, decoded. */
    static String deviceId(String raw) throws BadRequest {
        String id = raw.length() > MAX_ENCODED ? raw : decoded(raw);
        if (!DeviceId.isValid(id)) {
            throw BadRequest.of(new FieldError(null, "deviceId", DeviceId.RULE));
        }
        return id;
    }

    private static String decoded(String raw) throws BadRequest {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                bytes[length++] = (byte) (digit(bytes, i + 1) << 4 | digit(bytes, i + 2));
                i += 2;
            } else {
                bytes[length++] = bytes[i];
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw BadRequest.of(new FieldError(null, "deviceId", "must be UTF-8"));
        }
    }

    private static int digit(byte[] bytes, int at) throws BadRequest {
        int digit = at < bytes.length ? Character.digit(bytes[at], 16) : -1;
        if (digit < 0) {
            throw BadRequest.of(new FieldError(null, "deviceId", "has a % without two hexadecimal digits behind it"));
        }
        return digit;
    }
}
