package solutions.itms.scs.command;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.request.RequestHandlerRegistry;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
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
import solutions.itms.scs.api.gate.GateDirectory;
import solutions.itms.scs.api.inventory.DeviceDirectory;
import solutions.itms.scs.api.server.ServerAccess;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.api.settings.StoredPassword;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.command.DeviceType;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.SignedRequests;
import solutions.itms.scs.store.Stores;

/** The executor of commands as a Kura component. */
@Component(
        name = ExecutorConfig.PID,
        service = {ConfigurableComponent.class, ServerAccess.class},
        immediate = true,
        property = {"service.pid=" + ExecutorConfig.PID, "kura.service.pid=" + ExecutorConfig.PID})
@Designate(ocd = ExecutorConfig.class)
public final class ExecutorComponent implements ConfigurableComponent, ServerAccess {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutorComponent.class);
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Stores stores;
    private final Telemetry telemetry;
    private final Handlers handlers = new Handlers();
    private final Set<GateDirectory> directories = new CopyOnWriteArraySet<>();
    private final Set<DeviceDirectory> devices = new CopyOnWriteArraySet<>();
    private final Set<RequestHandlerRegistry> registries = new CopyOnWriteArraySet<>();
    private final CommandRequestsAdapter requests = new CommandRequestsAdapter(this::executor);
    private @Nullable CryptoService crypto;
    private @Nullable AutoCloseable connection;
    private volatile @Nullable Fallback fallback;
    private volatile @Nullable RunningExecutor running;

    /** Called by the framework. */
    @Activate
    public ExecutorComponent(@Reference Stores stores, @Reference Telemetry telemetry) {
        this.stores = stores;
        this.telemetry = telemetry;
    }

    @Reference(
            name = "CryptoService",
            cardinality = ReferenceCardinality.OPTIONAL,
            policyOption = ReferencePolicyOption.GREEDY)
    void setCryptoService(CryptoService service) {
        crypto = service;
    }

    @Reference(
            name = "CommandHandler",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeHandler")
    void addHandler(CommandHandler handler, Map<String, Object> properties) {
        handlers.add(String.valueOf(properties.get(CommandHandler.NAME)), handler);
        handlersChanged();
    }

    void removeHandler(CommandHandler handler, Map<String, Object> properties) {
        handlers.remove(String.valueOf(properties.get(CommandHandler.NAME)), handler);
        handlersChanged();
    }

    @Reference(
            name = "GateDirectory",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeDirectory")
    void addDirectory(GateDirectory directory) {
        directories.add(directory);
    }

    void removeDirectory(GateDirectory directory) {
        directories.remove(directory);
    }

    @Reference(
            name = "DeviceDirectory",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeDevices")
    void addDevices(DeviceDirectory directory) {
        devices.add(directory);
    }

    void removeDevices(DeviceDirectory directory) {
        devices.remove(directory);
    }

    @Reference(
            name = "RequestHandlerRegistry",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "removeRegistry")
    void addRegistry(RequestHandlerRegistry registry) {
        registries.add(registry);
        try {
            registry.registerRequestHandler(Envelope.APP_ID, requests);
        } catch (KuraException e) {
            LOG.error("A cloud connection takes no commands: {}", e.getMessage());
        }
    }

    void removeRegistry(RequestHandlerRegistry registry) {
        registries.remove(registry);
        try {
            registry.unregister(Envelope.APP_ID);
        } catch (KuraException e) {
            LOG.debug("The cloud connection is gone already", e);
        }
    }

    @Activate
    void activate(BundleContext context, Map<String, Object> properties) {
        handlers.onCancelled(command -> cancelFiles(context, command));
        Options options = new Options(properties);
        Settings settings = settings(options);
        Fallback way = new Fallback(
                new TelemetryUplink(telemetry, CLOCK),
                this::isConnected,
                this::executor,
                CLOCK,
                FIRST_PAUSE,
                LONGEST_PAUSE,
                fallback(options),
                settings.key());
        fallback = way;
        RunningExecutor started = new RunningExecutor(stores, this::typeOf, handlers, way, CLOCK, settings);
        started.start();
        running = started;
        way.start();
        connection = telemetry.onConnected(started::connected);
    }

    @Modified
    void updated(Map<String, Object> properties) {
        RunningExecutor now = running;
        Fallback way = fallback;
        Options options = new Options(properties);
        if (now != null && way != null) {
            Settings settings = settings(options);
            now.configure(settings);
            way.configure(fallback(options), settings.key());
        }
    }

    @Override
    public Optional<SignedRequests> requests() {
        Fallback way = fallback;
        return way == null ? Optional.empty() : Optional.ofNullable(way.requests());
    }

    @Deactivate
    void deactivate() throws Exception {
        if (connection != null) {
            connection.close();
        }
        Fallback way = fallback;
        if (way != null) {
            way.close();
        }
        RunningExecutor stopping = running;
        running = null;
        if (stopping != null) {
            stopping.close();
        }
    }

    /** Looked up when it is needed: a reference would make a circle with what the uploader needs of this. */
    private static void cancelFiles(BundleContext context, String command) {
        ServiceReference<ArtifactUploader> reference = context.getServiceReference(ArtifactUploader.class);
        ArtifactUploader uploader = reference == null ? null : context.getService(reference);
        if (uploader != null) {
            try {
                uploader.cancel(command);
            } finally {
                context.ungetService(reference);
            }
        }
    }

    private @Nullable CommandExecutor executor() {
        RunningExecutor now = running;
        return now == null ? null : now.executor();
    }

    private void handlersChanged() {
        RunningExecutor now = running;
        if (now != null) {
            now.handlersChanged();
        }
    }

    private Optional<DeviceType> typeOf(String id) {
        boolean gate = directories.stream()
                .flatMap(directory -> directory.gates().stream())
                .anyMatch(address -> address.id().equals(id));
        return gate
                ? Optional.of(DeviceType.GATE)
                : devices.stream()
                        .flatMap(directory -> directory.typeOf(id).stream())
                        .findFirst();
    }

    private boolean isConnected() {
        return registries.stream()
                .anyMatch(registry -> registry instanceof CloudConnectionManager manager && manager.isConnected());
    }

    private Settings settings(Options options) {
        Settings settings = Settings.of(options, this::decrypt);
        settings.missing().forEach(text -> LOG.warn("No command is taken: {}", text));
        return settings;
    }

    private static FallbackSettings fallback(Options options) {
        FallbackSettings settings = FallbackSettings.of(options);
        options.problems().forEach(text -> LOG.warn("Configuration of commands: {}", text));
        return settings;
    }

    private String decrypt(String stored) {
        return StoredPassword.plain(stored, crypto == null ? null : crypto::decryptAes);
    }
}
