package solutions.itms.scs.camera;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.crypto.CryptoService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.artifact.ArtifactUploader;
import solutions.itms.scs.api.command.CommandHandler;
import solutions.itms.scs.api.inventory.DeviceDirectory;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.api.settings.StoredPassword;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.command.DeviceType;
import solutions.itms.scs.onvif.Discovery;
import solutions.itms.scs.onvif.EventStream;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.http.NotificationReceiver;
import solutions.itms.scs.onvif.watch.Fleet;
import solutions.itms.scs.store.Stores;

/** What all cameras share, as a Kura component. */
@Component(
        name = CamerasConfig.PID,
        service = {ConfigurableComponent.class, Cameras.class},
        immediate = true,
        property = {"service.pid=" + CamerasConfig.PID, "kura.service.pid=" + CamerasConfig.PID})
@Designate(ocd = CamerasConfig.class)
public final class CamerasComponent implements ConfigurableComponent, Cameras {
    private static final Logger LOG = LoggerFactory.getLogger(CamerasComponent.class);

    private final List<ServiceRegistration<?>> services = new ArrayList<>();
    private final NetworkLoop loop;
    private final Pins pins;
    private final Site site;
    private final Fleet<CameraSettings, Camera> fleet;
    private volatile @Nullable ArtifactUploader uploader;
    private volatile @Nullable ConfigurationService configurations;
    private volatile @Nullable CryptoService crypto;
    private volatile EventStream.@Nullable Callback callback;
    private volatile @Nullable Search search;
    private volatile Map<String, Object> properties = Map.of();

    /** Called by the framework. */
    @Activate
    public CamerasComponent(@Reference Stores stores, @Reference Telemetry telemetry) throws IOException {
        loop = new NetworkLoop("scs-camera");
        pins = Pins.open(stores);
        site = new Site(
                loop,
                telemetry,
                Clock.systemUTC(),
                pins,
                () -> Optional.ofNullable(uploader),
                () -> Optional.ofNullable(callback));
        fleet = site.fleet();
    }

    @Reference(
            name = "ArtifactUploader",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            unbind = "unsetUploader")
    void setUploader(ArtifactUploader service) {
        uploader = service;
    }

    void unsetUploader(ArtifactUploader service) {
        if (uploader == service) {
            uploader = null;
        }
    }

    @Reference(
            name = "ConfigurationService",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            unbind = "unsetConfigurations")
    void setConfigurations(ConfigurationService service) {
        configurations = service;
    }

    void unsetConfigurations(ConfigurationService service) {
        if (configurations == service) {
            configurations = null;
        }
    }

    @Reference(
            name = "CryptoService",
            cardinality = ReferenceCardinality.OPTIONAL,
            policyOption = ReferencePolicyOption.GREEDY)
    void setCryptoService(CryptoService service) {
        crypto = service;
    }

    @Activate
    void activate(BundleContext context, Map<String, Object> configured) {
        updated(configured);
        Calls calls = new Calls(fleet, site);
        new CameraCommands(calls).handlers().forEach((name, handler) -> register(context, name, handler));
        new PtzCommands(calls).handlers().forEach((name, handler) -> register(context, name, handler));
        register(context, "camera_discover", (parameters, command) -> search().discover(calls, parameters, command));
        register(context, "camera_add", (parameters, command) -> search().add(parameters));
        DeviceDirectory directory = id -> fleet.find(id).map(camera -> DeviceType.CAMERA);
        services.add(context.registerService(DeviceDirectory.class, directory, new Hashtable<>()));
    }

    @Modified
    void updated(Map<String, Object> configured) {
        properties = Map.copyOf(configured);
        stopSearch();
        Options options = new Options(configured);
        listen(options);
        Search begun = new Search(fleet, site, Search.Settings.of(options), new Discovery(loop), this::add);
        if (options.flag("discovery.hello", true)) {
            begun.hear();
        }
        search = begun;
    }

    @Deactivate
    void deactivate() {
        services.forEach(ServiceRegistration::unregister);
        services.clear();
        stopSearch();
        fleet.close();
        stopListening();
        loop.close();
        pins.close();
    }

    @Override
    public Fleet<CameraSettings, Camera> fleet() {
        return fleet;
    }

    private Search search() {
        Search now = search;
        return now == null
                ? new Search(fleet, site, Search.Settings.of(new Options(Map.of())), new Discovery(loop), this::add)
                : now;
    }

    private void register(BundleContext context, String name, CommandHandler handler) {
        services.add(context.registerService(
                CommandHandler.class, handler, new Hashtable<>(Map.of(CommandHandler.NAME, name))));
    }

    private void stopSearch() {
        Search last = search;
        search = null;
        if (last != null) {
            last.close();
        }
    }

    private void listen(Options options) {
        int port = options.number("notification.port", 0, 65_535, 0);
        String address = options.text("notification.address", "");
        stopListening();
        if (port == 0 || address.isEmpty()) {
            return;
        }
        try {
            NotificationReceiver receiver = new NotificationReceiver(loop, new InetSocketAddress(port));
            callback = new EventStream.Callback(receiver, "http://" + address + ":" + port);
        } catch (IOException | RuntimeException e) {
            LOG.error("Cameras can't send their events to port {}: {}", port, e.getMessage());
        }
    }

    private void stopListening() {
        EventStream.Callback last = callback;
        callback = null;
        if (last != null) {
            last.receiver().close();
        }
    }

    /** Makes a component of a camera that was found, which Kura keeps. */
    private void add(String id, String name, String address) throws KuraException {
        ConfigurationService service = configurations;
        if (service == null) {
            throw new IllegalStateException("nothing here keeps configurations");
        }
        Options options = new Options(properties);
        String stored = options.text("discovery.password", "");
        String password = StoredPassword.plain(stored, crypto == null ? null : crypto::decryptAes);
        Map<String, Object> camera = new HashMap<>();
        camera.put("id", id);
        camera.put("name", name);
        camera.put("address", address);
        camera.put("user", options.text("discovery.user", ""));
        camera.put("password", new Password(password));
        service.createFactoryConfiguration(CameraConfig.PID, CameraConfig.PID + "-" + id, camera, true);
        LOG.info("Camera {} at {} was found and added", id, address);
    }
}
