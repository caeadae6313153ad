package solutions.itms.scs.media.clip;

import java.time.Instant;

/** Looks on while a clip is made; called on the thread of the export, some times a second. */
public interface ClipWatcher {
    /** Nobody looks on. */
    ClipWatcher NONE = new ClipWatcher() {
        @Override
        public void reached(Instant mediaTime, long bytes) {
            // nobody wants to know
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    };

    /**
     * How far it is.
     *
     * @param mediaTime recorded time of the last picture
     * @param bytes in the file
     */
    void reached(Instant mediaTime, long bytes);

    /** Whether it shall end now. */
    boolean cancelled();
}
