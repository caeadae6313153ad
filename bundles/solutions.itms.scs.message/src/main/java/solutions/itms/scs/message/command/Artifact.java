package solutions.itms.scs.message.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that a command has made and uploaded.
 *
 * @param id as the server named it
 * @param name of the file, 1 to 255 characters
 * @param type its media type
 * @param size bytes
 * @param sha256 of its content, hex in lower case
 */
public record Artifact(String id, String name, String type, long size, String sha256) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("name", name);
        json.put("type", type);
        json.put("size", size);
        json.put("sha256", sha256);
        return json;
    }

    static Artifact of(Map<String, @Nullable Object> json) throws CommandRefusedException {
        Members in = new Members(json);
        Artifact artifact = new Artifact(
                in.id("id"),
                in.text("name", 255),
                in.text("type", 128),
                in.number("size", 0, Long.MAX_VALUE),
                in.text("sha256", 64));
        in.end();
        if (!SHA256.matcher(artifact.sha256()).matches()) {
            throw Members.wrong("artifacts/sha256", "must be 64 hexadecimal digits in lower case");
        }
        return artifact;
    }
}
