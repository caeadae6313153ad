package org.eclipse.kura.configuration;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ConsumerType;

/** A component that describes its configuration itself. */
@ConsumerType
public interface SelfConfiguringComponent {
    /** The description and the values. */
    ComponentConfiguration getConfiguration() throws KuraException;
}
