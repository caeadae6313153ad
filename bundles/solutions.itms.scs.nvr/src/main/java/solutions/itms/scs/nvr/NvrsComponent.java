package solutions.itms.scs.nvr;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.configuration.ConfigurableComponent;
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
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.media.clip.ClipExporter;
import solutions.itms.scs.message.command.DeviceType;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.watch.Fleet;
import solutions.itms.scs.store.Stores;

/** What all recorders share, as a Kura component. */
@Component(
        name = NvrsConfig.PID,
        service = {ConfigurableComponent.class, Nvrs.class},
        immediate = true,
        property = {"service.pid=" + NvrsConfig.PID, "kura.service.pid=" + NvrsConfig.PID})
@Designate(ocd = NvrsConfig.class)
public final class NvrsComponent implements ConfigurableComponent, Nvrs {
    static final int DEFAULT_SPOOL = 4_000;
    private static final Logger LOG = LoggerFactory.getLogger(NvrsComponent.class);

    private final List<ServiceRegistration<?>> services = new ArrayList<>();
    private final NetworkLoop loop;
    private final Memory memory;
    private final Fleet<NvrSettings, Recorder> fleet;
    private final Spool spool;
    private final Calls calls;
    private final Fetcher fetcher;
    private volatile @Nullable ArtifactUploader uploader;

    /** Called by the framework. */
    @Activate
    public NvrsComponent(@Reference Stores stores, @Reference Telemetry telemetry) throws IOException {
        loop = new NetworkLoop("scs-nvr");
        memory = Memory.open(stores);
        Site site = new Site(loop, telemetry, Clock.systemUTC(), memory, () -> Optional.ofNullable(uploader));
        fleet = site.fleet();
        spool = new Spool(stores.directory().resolve("recorders-spool"), DEFAULT_SPOOL * 1_000_000L);
        calls = new Calls(fleet, site);
        fetcher = new Fetcher(calls, new ClipExporter()::run, spool);
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

    @Activate
    void activate(BundleContext context, Map<String, Object> configured) {
        updated(configured);
        new NvrCommands(calls).handlers().forEach((name, handler) -> register(context, name, handler));
        new ExportCommands(calls, fetcher).handlers().forEach((name, handler) -> register(context, name, handler));
        DeviceDirectory directory = id -> fleet.find(id).map(recorder -> DeviceType.NVR);
        services.add(context.registerService(DeviceDirectory.class, directory, new Hashtable<>()));
    }

    @Modified
    void updated(Map<String, Object> configured) {
        Options options = new Options(configured);
        spool.quota(options.number("spool.megabytes", 100, 100_000, DEFAULT_SPOOL) * 1_000_000L);
        options.problems().forEach(text -> LOG.warn("Configuration of the recorders: {}", text));
    }

    @Deactivate
    void deactivate() {
        services.forEach(ServiceRegistration::unregister);
        services.clear();
        fetcher.close();
        fleet.close();
        loop.close();
        memory.close();
    }

    @Override
    public Fleet<NvrSettings, Recorder> fleet() {
        return fleet;
    }

    private void register(BundleContext context, String name, CommandHandler handler) {
        services.add(context.registerService(
                CommandHandler.class, handler, new Hashtable<>(Map.of(CommandHandler.NAME, name))));
    }
}
