package solutions.itms.scs.server.recording;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a recording stands. */
public enum RecordingState {
    /** Its command waits: for an approval, for the gateway, or for its turn. */
    REQUESTED,
    /** The gateway says that it works on it. */
    RUNNING,
    /** The gateway has it; its bytes are on the way. */
    AWAITING_UPLOAD,
    /** It can be watched. */
    READY,
    /** There is none, and why is told. Bytes that come after all make it ready. */
    FAILED,
    /** Its bytes were deleted, by a person or because it was old. */
    DELETED;

    /** The name in the API and the database. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of this name. */
    public static Optional<RecordingState> of(String code) {
        return Arrays.stream(values())
                .filter(state -> state.code().equals(code))
                .findFirst();
    }

    /** Whether nothing is going on for it any more. */
    public boolean isOver() {
        return this == READY || this == FAILED || this == DELETED;
    }
}
