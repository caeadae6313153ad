package solutions.itms.scs.media.clip;

/** How far a clip is; outlives connections. Times without a unit are ticks of the pictures' clock. */
final class Progress {
    /** Number of the last key frame in the file; -1 for none. */
    int lastKeySample = -1;

    long lastKeyTime;
    long lastTime = Long.MIN_VALUE;
    /** Recorded time of the latest picture, microseconds since 1970. */
    long lastMicros = Long.MIN_VALUE;
    /** Whether pictures are shown in another order than they are sent. */
    boolean reordered;
    /** Pictures of which a part was missing. */
    long damaged;
    /** Pictures that could not be decoded, since others were missing. */
    long undecodable;
    /** Packets that never came, on connections that have ended. */
    long lostBefore;

    /** Nothing is in the file any more. */
    void forget() {
        lastKeySample = -1;
        lastTime = Long.MIN_VALUE;
        lastMicros = Long.MIN_VALUE;
    }
}
