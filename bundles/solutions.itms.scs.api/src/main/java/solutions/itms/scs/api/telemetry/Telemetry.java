package solutions.itms.scs.api.telemetry;

import org.osgi.annotation.versioning.ProviderType;
import solutions.itms.scs.message.Payload;

/**
 * Sends this gateway's messages to the cloud, numbered with epoch and seq, over whichever cloud connection is
 * configured. Thread-safe; no call blocks on the network.
 */
@ProviderType
public interface Telemetry {
    /**
     * Accepts a message for sending; it is numbered and handed on in the order of the calls.
     *
     * @param subject topic levels behind the application id, such as {@code gate/G1-01/state}
     * @param payload content, without epoch and seq
     * @param priority what it is worth when there is not room for everything
     */
    void send(String subject, Payload payload, Priority priority);

    /** Calls back each time the cloud connection comes up, and once at once if it is up already. */
    AutoCloseable onConnected(Runnable callback);
}
