package org.eclipse.kura.driver;

import org.osgi.annotation.versioning.ConsumerType;

/** Which settings a channel of a driver has. */
@ConsumerType
public interface ChannelDescriptor {
    /** A list of {@code AD}. */
    Object getDescriptor();
}
