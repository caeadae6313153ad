package solutions.itms.scs.api.artifact;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file is, told before its first byte.
 *
 * @param name as people see it: 1 to 255 printable characters without slashes; it names no path anywhere
 * @param mediaType such as {@code video/mp4}, without parameters; at most 128 characters
 * @param kind decides how long it is kept
 * @param device id of the device that it is about, 1 to 255 printable characters; the gateway's own id for itself
 * @param command id of the command that it belongs to; null when it belongs to none
 */
public record ArtifactInfo(
        String name,
        String mediaType,
        ArtifactKind kind,
        String device,
        @Nullable String command) {
    private static final int MAX_TEXT = 255;
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,62}/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}");
    private static final Pattern COMMAND = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~-]{0,63}");

    /** @throws IllegalArgumentException when one of them is not as it should be */
    public ArtifactInfo {
        requireText("name", name);
        requireText("device", device);
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("the name must have no slash");
        }
        if (!MEDIA_TYPE.matcher(mediaType).matches()) {
            throw new IllegalArgumentException(
                    "the media type must be type/subtype in lower case, such as video/mp4, not " + mediaType);
        }
        if (command != null && !COMMAND.matcher(command).matches()) {
            throw new IllegalArgumentException("this is no id of a command: " + command);
        }
    }

    private static void requireText(String what, String text) {
        boolean printable = text.codePoints().noneMatch(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF));
        if (text.isBlank() || text.length() > MAX_TEXT || !printable) {
            throw new IllegalArgumentException("the " + what + " must have 1 to " + MAX_TEXT + " printable characters");
        }
    }
}
