package solutions.itms.scs.api.artifact;

import java.util.Locale;

/** What a file is, which decides how long the server keeps it. */
public enum ArtifactKind {
    /** Logs and other text that a machine wrote. */
    LOG,
    /** One picture of a camera. */
    SNAPSHOT,
    /** A piece of a recording. */
    CLIP,
    /** Anything else. */
    OTHER;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As it goes over the wire. */
    public String text() {
        return text;
    }
}
