package org.eclipse.kura.security.keystore;

import java.util.Map;
import org.osgi.service.event.Event;

/** Posted when the content of a key store has changed. */
public class KeystoreChangedEvent extends Event {
    public static final String EVENT_TOPIC = "org/eclipse/kura/security/keystore/KeystoreChangedEvent/KEYSTORE_CHANGED";
    public static final String SENDER_PID_PROPERTY_KEY = "sender.pid";

    public KeystoreChangedEvent(String keystoreServicePid) {
        super(EVENT_TOPIC, Map.of(SENDER_PID_PROPERTY_KEY, keystoreServicePid));
    }

    /** The pid of the key store. */
    public String getSenderPid() {
        return (String) getProperty(SENDER_PID_PROPERTY_KEY);
    }
}
