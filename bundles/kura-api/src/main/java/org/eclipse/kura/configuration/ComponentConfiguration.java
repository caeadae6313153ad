package org.eclipse.kura.configuration;

import java.util.Map;
import org.eclipse.kura.configuration.metatype.OCD;
import org.osgi.annotation.versioning.ProviderType;

/** The configuration of one component: its values and their description. */
@ProviderType
public interface ComponentConfiguration {
    /** The values by name. */
    Map<String, Object> getConfigurationProperties();

    /** The description; null when there is none. */
    OCD getDefinition();

    /** The pid of the component. */
    String getPid();
}
