package org.eclipse.kura.cloudconnection.message;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.message.KuraPayload;
import org.osgi.annotation.versioning.ProviderType;

/** A payload, and properties that say how it is or was sent. */
@ProviderType
public class KuraMessage {
    private final KuraPayload payload;
    private final Map<String, Object> properties;

    public KuraMessage(KuraPayload payload) {
        this(payload, new HashMap<>());
    }

    public KuraMessage(KuraPayload payload, Map<String, Object> properties) {
        this.payload = payload;
        this.properties = properties;
    }

    public KuraPayload getPayload() {
        return payload;
    }

    public Map<String, Object> getProperties() {
        return properties;
    }
}
