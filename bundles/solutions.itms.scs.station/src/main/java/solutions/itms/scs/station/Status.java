package solutions.itms.scs.station;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** State of a gate. Gates report the first three; the last is inferred when they fall silent. */
enum Status {
    ONLINE,
    MAINTENANCE,
    FAULT,
    OFFLINE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** As it stands on the wire. */
    String text() {
        return text;
    }

    /** The status that a gate may report under this name, or null. */
    static @Nullable Status reported(String text) {
        Status status = of(text);
        return status == OFFLINE ? null : status;
    }

    static @Nullable Status of(@Nullable String text) {
        for (Status status : values()) {
            if (status.text.equals(text)) {
                return status;
            }
        }
        return null;
    }
}
