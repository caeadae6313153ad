package solutions.itms.scs.camera;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.PreparedRead;
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

/** One camera as a Kura component, which is a driver for assets as well. */
@Component(
        name = CameraConfig.PID,
        service = {ConfigurableComponent.class, Driver.class},
        immediate = true,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = "service.pid=" + CameraConfig.PID)
@Designate(ocd = CameraConfig.class, factory = true)
public final class CameraComponent implements ConfigurableComponent, Driver {
    private static final Logger LOG = LoggerFactory.getLogger(CameraComponent.class);
    private static final long PATIENCE_MILLIS = 4_000;

    private final Fleet fleet;
    private final DriverAdapter channels = new DriverAdapter(this::camera);
    private @Nullable CryptoService crypto;
    private volatile String id = "";

    /** Called by the framework. */
    @Activate
    public CameraComponent(@Reference Cameras cameras) {
        fleet = cameras.fleet();
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
        CameraSettings settings = CameraSettings.of(
                new Options(properties),
                stored -> StoredPassword.plain(stored, crypto == null ? null : crypto::decryptAes));
        if (!settings.id().equals(id)) {
            end();
            if (fleet.find(settings.id()).isPresent()) {
                LOG.error("There is another camera {}; this one is not used", settings.id());
                return;
            }
        }
        id = fleet.put(settings) ? settings.id() : "";
    }

    @Deactivate
    synchronized void deactivate() {
        channels.close();
        end();
    }

    private @Nullable Camera camera() {
        return fleet.find(id).orElse(null);
    }

    /** It is connected as long as it is used. */
    @Override
    public void connect() {}

    @Override
    public void disconnect() {}

    @Override
    public ChannelDescriptor getChannelDescriptor() {
        return () -> List.of(new ChannelSettingAdapter());
    }

    @Override
    public void read(List<ChannelRecord> records) {
        channels.read(records);
    }

    @Override
    public void write(List<ChannelRecord> records) {
        channels.write(records);
    }

    @Override
    public PreparedRead prepareRead(List<ChannelRecord> records) {
        return new PreparedRead() {
            @Override
            public List<ChannelRecord> execute() {
                channels.read(records);
                return records;
            }

            @Override
            public List<ChannelRecord> getChannelRecords() {
                return records;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void registerChannelListener(Map<String, Object> channelConfig, ChannelListener listener)
            throws ConnectionException {
        try {
            channels.register(channelConfig, listener);
        } catch (RuntimeException e) {
            throw new ConnectionException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void unregisterChannelListener(ChannelListener listener) {
        channels.unregister(listener);
    }

    /** Waits until the camera was told, so that nothing of ours is left there. */
    private void end() {
        if (id.isEmpty()) {
            return;
        }
        CompletableFuture<Void> ended = fleet.remove(id);
        id = "";
        try {
            ended.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("The camera was not told that it is not used any more");
        } catch (ExecutionException e) {
            LOG.warn("Ending a camera", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
