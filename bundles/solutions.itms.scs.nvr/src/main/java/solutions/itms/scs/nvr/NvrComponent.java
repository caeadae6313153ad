package solutions.itms.scs.nvr;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.api.settings.StoredPassword;

/** One recorder as a Kura component. */
@Component(
        name = NvrConfig.PID,
        service = ConfigurableComponent.class,
        immediate = true,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = "service.pid=" + NvrConfig.PID)
@Designate(ocd = NvrConfig.class, factory = true)
public final class NvrComponent implements ConfigurableComponent {
    private static final Logger LOG = LoggerFactory.getLogger(NvrComponent.class);
    private static final long PATIENCE_MILLIS = 4_000;

    private final Fleet fleet;
    private @Nullable CryptoService crypto;
    private String id = "";

    /** Called by the framework. */
    @Activate
    public NvrComponent(@Reference Nvrs nvrs) {
        fleet = nvrs.fleet();
    }

    @Reference(
            name = "CryptoService",
            cardinality = ReferenceCardinality.OPTIONAL,
            policyOption = ReferencePolicyOption.GREEDY)
    void setCryptoService(CryptoService service) {
        crypto = service;
    }

    @Activate
    void activate(Map<String, Object> properties) {
        updated(properties);
    }

    @Modified
    synchronized void updated(Map<String, Object> properties) {
        NvrSettings settings = NvrSettings.of(
                new Options(properties),
                stored -> StoredPassword.plain(stored, crypto == null ? null : crypto::decryptAes));
        if (!settings.id().equals(id)) {
            end();
            if (fleet.find(settings.id()).isPresent()) {
                LOG.error("There is another recorder {}; this one is not used", settings.id());
                return;
            }
        }
        id = fleet.put(settings) ? settings.id() : "";
    }

    @Deactivate
    synchronized void deactivate() {
        end();
    }

    /** Waits until the recorder was told, so that nothing of ours is left there. */
    private void end() {
        if (id.isEmpty()) {
            return;
        }
        CompletableFuture<Void> ended = fleet.remove(id);
        id = "";
        try {
            ended.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("The recorder was not told that it is not used any more");
        } catch (ExecutionException e) {
            LOG.warn("Ending a recorder", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
