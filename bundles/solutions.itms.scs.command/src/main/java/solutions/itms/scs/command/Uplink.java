package solutions.itms.scs.command;

import java.util.Map;

/** The way to the cloud. Thread-safe; no call blocks on the network. */
interface Uplink {
    /**
     * Sends a report.
     *
     * @param subject such as {@code command/c-1/ack}
     */
    void send(String subject, byte[] body);

    /** Tells of something that somebody should look at. */
    void event(String name, Map<String, Object> metrics);
}
