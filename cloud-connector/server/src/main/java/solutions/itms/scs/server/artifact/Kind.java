package solutions.itms.scs.server.artifact;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a file is: decides which types it may have and how long it is kept. */
public enum Kind {
    LOG,
    SNAPSHOT,
    CLIP,
    OTHER,
    /** Uploaded by a person. */
    VIDEO,
    /** Of a live stream, for whoever watched it. */
    RECORDING;

    /** The name in the API and the database. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of this name. */
    public static Optional<Kind> of(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }
}
