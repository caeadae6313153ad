package solutions.itms.scs.cloud.mqtt;

/** Hears what happens to the connection; called on one thread that may be kept waiting. */
interface SessionListener {
    void established();

    void lost();

    /** Ended because it was not wanted any more. */
    void disconnected();
}
