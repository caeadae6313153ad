package solutions.itms.scs.cloud.mqtt;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.factory.CloudConnectionFactory;
import org.eclipse.kura.configuration.ConfigurationService;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.store.Stores;

/** Lets Kura's console make, list and remove connections of this kind. Of no use without Kura's configuration service. */
@Component(
        name = CloudConnectionFactoryComponent.PID,
        immediate = true,
        service = CloudConnectionFactory.class,
        property = {
            "service.pid=" + CloudConnectionFactoryComponent.PID,
            "kura.ui.csf.pid.default=" + CloudEndpointComponent.PID,
            "kura.ui.csf.pid.regex=^solutions\\.itms\\.scs\\.cloud\\.mqtt\\.CloudEndpoint(\\-[a-zA-Z0-9]+)?$"
        })
public final class CloudConnectionFactoryComponent implements CloudConnectionFactory {
    static final String PID = "solutions.itms.scs.cloud.mqtt.CloudConnectionFactory";

    private static final Logger LOG = LoggerFactory.getLogger(CloudConnectionFactoryComponent.class);

    private final Map<CloudEndpoint, String> endpoints = new ConcurrentHashMap<>();
    private final RemovedQueues removed;
    private final ScheduledThreadPoolExecutor timer = Threads.scheduler("scs-cloud-removed");
    private volatile @Nullable ConfigurationService configurationService;

    /** Called by the framework. */
    @Activate
    public CloudConnectionFactoryComponent(@Reference Stores stores) {
        removed = new RemovedQueues(stores.directory());
    }

    @Activate
    @SuppressWarnings("FutureReturnValueIgnored") // every failure is told
    void activate() {
        timer.scheduleWithFixedDelay(removed::hourPassed, 1, 1, TimeUnit.HOURS);
    }

    @Deactivate
    void deactivate() {
        timer.shutdownNow();
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void setConfigurationService(ConfigurationService service) {
        configurationService = service;
    }

    void unsetConfigurationService(ConfigurationService service) {
        if (configurationService == service) {
            configurationService = null;
        }
    }

    @Reference(
            cardinality = MULTIPLE,
            policy = DYNAMIC,
            target = "(" + KURA_CLOUD_CONNECTION_FACTORY_PID + "=" + PID + ")")
    void addCloudEndpoint(CloudEndpoint endpoint, Map<String, Object> properties) {
        if (properties.get(ConfigurationService.KURA_SERVICE_PID) instanceof String pid) {
            endpoints.put(endpoint, pid);
        }
    }

    void removeCloudEndpoint(CloudEndpoint endpoint) {
        endpoints.remove(endpoint);
    }

    @Override
    public String getFactoryPid() {
        return CloudEndpointComponent.PID;
    }

    @Override
    public void createConfiguration(String pid) throws KuraException {
        if (pid == null || pid.isBlank()) {
            throw KuraMessageAdapter.invalid("a connection must have a pid");
        }
        configuration()
                .createFactoryConfiguration(getFactoryPid(), pid, Map.of(KURA_CLOUD_CONNECTION_FACTORY_PID, PID), true);
    }

    @Override
    public List<String> getStackComponentsPids(String pid) {
        return List.of(pid);
    }

    @Override
    public void deleteConfiguration(String pid) throws KuraException {
        configuration().deleteFactoryConfiguration(pid, true);
        try {
            removed.removed(Connection.fileName(pid));
        } catch (IOException e) {
            LOG.warn("The queue of the removed cloud connection {} will stay: {}", pid, e.getMessage());
        }
    }

    @Override
    public Set<String> getManagedCloudConnectionPids() {
        return new TreeSet<>(endpoints.values());
    }

    private ConfigurationService configuration() throws KuraException {
        ConfigurationService service = configurationService;
        if (service == null) {
            throw new KuraException(KuraErrorCode.SERVICE_UNAVAILABLE, "there is no configuration service");
        }
        return service;
    }
}
