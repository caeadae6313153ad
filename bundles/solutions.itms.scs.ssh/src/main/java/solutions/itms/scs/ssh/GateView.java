package solutions.itms.scs.ssh;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a gate is alive, by its heartbeats and over SSH together. */
enum GateView {
    /** It sends heartbeats and answers over SSH. */
    ALIVE,
    /** It sends heartbeats, but SSH does not work: logs can't be fetched, and nobody can get in. */
    SSH_DEAD,
    /** It answers over SSH, but its heartbeats have stopped: the gate's own program hangs or is gone. */
    HEARTBEAT_STALE,
    /** Neither. */
    DEAD,
    /** One of the two is not known yet. */
    UNKNOWN;

    private static final String OFFLINE = "offline";

    /**
     * @param heartbeat effective status by the heartbeats; empty when none has come yet
     * @param ssh whether it answers over SSH; null when that is not settled yet
     */
    static GateView of(Optional<String> heartbeat, @Nullable Boolean ssh) {
        if (heartbeat.isEmpty() || ssh == null) {
            return UNKNOWN;
        }
        boolean beats = !heartbeat.get().equals(OFFLINE);
        if (beats) {
            return ssh ? ALIVE : SSH_DEAD;
        }
        return ssh ? HEARTBEAT_STALE : DEAD;
    }

    /** As it stands in results and events. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
