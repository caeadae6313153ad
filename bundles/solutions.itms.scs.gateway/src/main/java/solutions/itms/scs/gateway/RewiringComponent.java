package solutions.itms.scs.gateway;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings our bundles together again after an installation. Deployment Admin does so after one that succeeded, but not
 * after one that it rolled back: then the bundles of our other packages still use classes of the revisions that were
 * taken back, and find none of their services.
 */
@Component(
        name = "solutions.itms.scs.gateway.Rewiring",
        service = EventHandler.class,
        property = "event.topics=org/osgi/service/deployment/COMPLETE")
public final class RewiringComponent implements EventHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RewiringComponent.class);
    private static final String OURS = "solutions.itms.scs.";

    private final BundleContext context;

    /** Called by the framework. */
    @Activate
    public RewiringComponent(BundleContext context) {
        this.context = context;
    }

    @Override
    public void handleEvent(Event event) {
        Set<Bundle> outdated = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith(OURS))
                .filter(RewiringComponent::usesOldRevision)
                .collect(Collectors.toSet());
        if (!outdated.isEmpty()) {
            LOG.info("An installation has left {} with old classes; they are started again", outdated);
            context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                    .adapt(FrameworkWiring.class)
                    .refreshBundles(outdated);
        }
    }

    private static boolean usesOldRevision(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null) {
            return false;
        }
        return wiring.getRequiredWires(null).stream()
                .map(BundleWire::getProviderWiring)
                .anyMatch(provider -> provider != null && !provider.isCurrent());
    }
}
