package solutions.itms.scs.camera;

import java.util.List;
import java.util.Map;
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
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.api.settings.StoredPassword;
import solutions.itms.scs.onvif.watch.Member;

/** One camera as a Kura component, which is a driver for assets as well. */
@Component(
        name = CameraConfig.PID,
        service = {ConfigurableComponent.class, Driver.class},
        immediate = true,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = "service.pid=" + CameraConfig.PID)
@Designate(ocd = CameraConfig.class, factory = true)
public final class CameraComponent implements ConfigurableComponent, Driver {
    private final Member<CameraSettings, Camera> member;
    private final DriverAdapter channels;
    private @Nullable CryptoService crypto;

    /** Called by the framework. */
    @Activate
    public CameraComponent(@Reference Cameras cameras) {
        member = new Member<>(cameras.fleet());
        channels = new DriverAdapter(() -> member.device().orElse(null));
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
    void updated(Map<String, Object> properties) {
        member.configure(CameraSettings.of(
                new Options(properties),
                stored -> StoredPassword.plain(stored, crypto == null ? null : crypto::decryptAes)));
    }

    @Deactivate
    void deactivate() {
        channels.close();
        member.close();
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
}
