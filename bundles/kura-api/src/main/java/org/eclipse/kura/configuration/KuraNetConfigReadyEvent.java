package org.eclipse.kura.configuration;

import java.util.Map;
import org.osgi.service.event.Event;

/** Posted when the network configuration has been read. */
public class KuraNetConfigReadyEvent extends Event {
    public static final String KURA_NET_CONFIG_EVENT_READY_TOPIC =
            "org/eclipse/kura/configuration/NetConfigEvent/READY";

    public KuraNetConfigReadyEvent(Map<String, ?> properties) {
        super(KURA_NET_CONFIG_EVENT_READY_TOPIC, properties);
    }
}
