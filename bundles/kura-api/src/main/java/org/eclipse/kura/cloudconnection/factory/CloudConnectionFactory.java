package org.eclipse.kura.cloudconnection.factory;

import java.util.List;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Makes, lists and removes the cloud connections of one platform. */
@ProviderType
public interface CloudConnectionFactory {
    String KURA_CLOUD_CONNECTION_FACTORY_PID = "kura.cloud.connection.factory.pid";

    /** Makes the components of a new connection.
     *
     * @param pid what the endpoint shall be called
     */
    void createConfiguration(String pid) throws KuraException;

    /** Removes the components of a connection. */
    void deleteConfiguration(String pid) throws KuraException;

    /** The factory pid of the endpoint's component. */
    String getFactoryPid();

    /** The pids of all endpoints that this factory made. */
    Set<String> getManagedCloudConnectionPids() throws KuraException;

    /** The pids of all components that make up a connection, the endpoint among them. */
    List<String> getStackComponentsPids(String pid) throws KuraException;
}
