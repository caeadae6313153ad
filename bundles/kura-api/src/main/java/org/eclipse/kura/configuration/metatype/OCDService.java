package org.eclipse.kura.configuration.metatype;

import java.util.List;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.osgi.annotation.versioning.ProviderType;

/** Finds descriptions of factory components. */
@ProviderType
public interface OCDService {
    ComponentConfiguration getFactoryComponentOCD(String factoryPid);

    List<ComponentConfiguration> getFactoryComponentOCDs();

    List<ComponentConfiguration> getServiceProviderOCDs(Class<?>... classes);

    List<ComponentConfiguration> getServiceProviderOCDs(String... classNames);
}
