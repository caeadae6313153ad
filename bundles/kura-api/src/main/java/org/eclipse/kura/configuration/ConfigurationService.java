package org.eclipse.kura.configuration;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Filter;

/** Keeps the configuration of all components, as snapshots that outlive a restart. */
@ProviderType
public interface ConfigurationService {
    String KURA_SERVICE_PID = "kura.service.pid";

    /** Makes an instance of a factory component.
     *
     * @param factoryPid the component
     * @param pid the name of the new instance
     * @param properties values that differ from the defaults; may be null
     * @param takeSnapshot whether to keep it over a restart
     */
    void createFactoryConfiguration(String factoryPid, String pid, Map<String, Object> properties, boolean takeSnapshot)
            throws KuraException;

    /** Removes an instance of a factory component. */
    void deleteFactoryConfiguration(String pid, boolean takeSnapshot) throws KuraException;

    /** The configuration of one component; null when there is none. */
    ComponentConfiguration getComponentConfiguration(String pid) throws KuraException;

    List<ComponentConfiguration> getComponentConfigurations() throws KuraException;

    List<ComponentConfiguration> getComponentConfigurations(Filter filter) throws KuraException;

    Set<String> getConfigurableComponentPids();

    ComponentConfiguration getDefaultComponentConfiguration(String pid) throws KuraException;

    Set<String> getFactoryComponentPids();

    List<ComponentConfiguration> getSnapshot(long sid) throws KuraException;

    Set<Long> getSnapshots() throws KuraException;

    long rollback() throws KuraException;

    void rollback(long id) throws KuraException;

    long snapshot() throws KuraException;

    void updateConfiguration(String pid, Map<String, Object> properties) throws KuraException;

    void updateConfiguration(String pid, Map<String, Object> properties, boolean takeSnapshot) throws KuraException;

    void updateConfigurations(List<ComponentConfiguration> configs) throws KuraException;

    void updateConfigurations(List<ComponentConfiguration> configs, boolean takeSnapshot) throws KuraException;
}
