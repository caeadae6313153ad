package solutions.itms.scs.cloud.mqtt;

/** Hears what happens to the connection and to messages; called on one thread that may be kept waiting. */
interface SessionListener {
    void established();

    void lost();

    /** Ended because it was not wanted any more. */
    void disconnected();

    /** The broker has acknowledged the message. */
    void confirmed(String id);
}
