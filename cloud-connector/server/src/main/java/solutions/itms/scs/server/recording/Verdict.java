package solutions.itms.scs.server.recording;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a recording is by what its command and its file are. The only place that decides it.
 *
 * @param reason a code; null where nothing is wrong
 * @param message the same in words
 */
record Verdict(
        RecordingState state,
        @Nullable String reason,
        @Nullable String message) {
    private static final String STALE = "upload_stale";
    private static final Set<String> WAITING = Set.of("PENDING_APPROVAL", "PENDING", "DISPATCHED");
    private static final Set<String> WORKING = Set.of("RUNNING", "CANCELLING");

    /**
     * The command, as its row has it.
     *
     * @param succeeded whether its gateway said so, in time or later
     */
    record Asked(
            String state,
            boolean succeeded,
            @Nullable String code,
            @Nullable String message) {}

    /** The file with the pictures, as its row has it. */
    record Clip(String state, @Nullable String reason) {}

    /**
     * Decides.
     *
     * @param now what it was
     * @param asked null when it has no command, or none any more
     * @param clip null until it is declared
     */
    static Verdict of(Verdict now, @Nullable Asked asked, @Nullable Clip clip) {
        if (now.state == RecordingState.DELETED || clip != null && clip.state.equals("DELETED")) {
            return deleted(now, clip);
        }
        if (asked == null) {
            return byFile(now, clip);
        }
        if (WAITING.contains(asked.state)) {
            return new Verdict(RecordingState.REQUESTED, null, null);
        }
        if (WORKING.contains(asked.state)) {
            return new Verdict(RecordingState.RUNNING, null, null);
        }
        if (!asked.succeeded) {
            String code = asked.code == null ? asked.state.toLowerCase(java.util.Locale.ROOT) : asked.code;
            return new Verdict(RecordingState.FAILED, code, asked.message);
        }
        boolean gaveUp = STALE.equals(now.reason);
        return byFile(gaveUp ? now : new Verdict(RecordingState.AWAITING_UPLOAD, null, null), clip);
    }

    private static Verdict deleted(Verdict now, @Nullable Clip clip) {
        String reason = clip == null || clip.reason == null ? now.reason : clip.reason;
        // an upload that the gateway gave up never was a recording
        return "cancelled".equals(reason)
                ? new Verdict(RecordingState.FAILED, "upload_cancelled", "The gateway gave the upload up.")
                : new Verdict(RecordingState.DELETED, reason, null);
    }

    private static Verdict byFile(Verdict now, @Nullable Clip clip) {
        if (clip == null) {
            return now;
        }
        return switch (clip.state) {
            case "READY" -> new Verdict(RecordingState.READY, null, null);
            case "UPLOADING" -> new Verdict(RecordingState.AWAITING_UPLOAD, null, null);
            default -> failed(clip.reason);
        };
    }

    private static Verdict failed(@Nullable String reason) {
        if ("lost".equals(reason)) {
            return new Verdict(RecordingState.FAILED, "lost", "The bytes of this recording are gone.");
        }
        // a stale upload may go on, which makes it wait again
        return "stale".equals(reason)
                ? stale()
                : new Verdict(RecordingState.FAILED, reason, "The file was refused: " + reason + ".");
    }

    static Verdict stale() {
        return new Verdict(RecordingState.FAILED, STALE, "The gateway made the clip, but its bytes stopped coming.");
    }
}
