package solutions.itms.scs.ssh;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.security.keystore.KeystoreService;
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
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandHandler;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.api.gate.GateDirectory;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.api.settings.StoredPassword;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.store.Stores;

/** Gates over SSH as a Kura component. */
@Component(
        name = SshConfig.PID,
        service = ConfigurableComponent.class,
        immediate = true,
        property = {"service.pid=" + SshConfig.PID, "kura.service.pid=" + SshConfig.PID})
@Designate(ocd = SshConfig.class)
public final class SshComponent implements ConfigurableComponent {
    private static final Logger LOG = LoggerFactory.getLogger(SshComponent.class);

    private static final Clock CLOCK = Clock.systemUTC();

    private final Stores stores;
    private final Telemetry telemetry;
    private final GateDirectory directory;
    private final List<ServiceRegistration<CommandHandler>> commands = new ArrayList<>();
    private @Nullable CryptoService crypto;
    private @Nullable KeystoreService keystore;
    private volatile @Nullable ArtifactUploader uploader;
    private volatile @Nullable GateProbes probes;

    /** Called by the framework. */
    @Activate
    public SshComponent(@Reference Stores stores, @Reference Telemetry telemetry, @Reference GateDirectory directory) {
        this.stores = stores;
        this.telemetry = telemetry;
        this.directory = directory;
    }

    @Reference(
            name = "CryptoService",
            cardinality = ReferenceCardinality.OPTIONAL,
            policyOption = ReferencePolicyOption.GREEDY)
    void setCryptoService(CryptoService service) {
        crypto = service;
    }

    @Reference(
            name = "KeystoreService",
            cardinality = ReferenceCardinality.OPTIONAL,
            policyOption = ReferencePolicyOption.GREEDY)
    void setKeystoreService(KeystoreService service) {
        keystore = service;
    }

    @Reference(
            name = "ArtifactUploader",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setArtifactUploader(ArtifactUploader service) {
        uploader = service;
    }

    void unsetArtifactUploader(ArtifactUploader service) {
        if (uploader == service) {
            uploader = null;
        }
    }

    @Activate
    void activate(BundleContext context, Map<String, Object> properties) {
        EcdsaName.install();
        start(properties);
        register(context, SshCommands.PROBE, (parameters, command) -> commands().probe(parameters, command));
        register(
                context,
                SshCommands.ACCEPT_HOST_KEY,
                (parameters, command) -> commands().acceptHostKey(parameters, command));
        register(
                context,
                SshCommands.SYNC_TIME_CHECK,
                (parameters, command) -> commands().checkTime(parameters, command));
        register(
                context,
                ListedCommands.EXEC,
                (parameters, command) -> new ListedCommands(running(), directory).exec(parameters, command));
        register(
                context,
                LogCommands.COLLECT,
                (parameters, command) -> new LogCommands(running(), () -> Optional.ofNullable(uploader), CLOCK)
                        .collect(parameters, command));
    }

    @Modified
    void updated(Map<String, Object> properties) {
        stop();
        start(properties);
    }

    @Deactivate
    void deactivate() {
        commands.forEach(ServiceRegistration::unregister);
        commands.clear();
        stop();
        EcdsaName.remove();
    }

    private void register(BundleContext context, String name, CommandHandler handler) {
        commands.add(context.registerService(
                CommandHandler.class, handler, new Hashtable<>(Map.of(CommandHandler.NAME, name))));
    }

    private SshCommands commands() throws CommandException {
        return new SshCommands(running(), CLOCK);
    }

    private GateProbes running() throws CommandException {
        GateProbes running = probes;
        if (running == null) {
            throw new CommandException(FailureCode.UNAVAILABLE, "gates are not probed: the database can't be opened");
        }
        return running;
    }

    private void start(Map<String, Object> properties) {
        SshSettings settings = SshSettings.of(new Options(properties), this::decrypt, new KeystoreAdapter(keystore));
        try {
            probes = GateProbes.start(settings, directory, telemetry, stores, CLOCK);
        } catch (IOException e) {
            LOG.error("Gates are not probed: {}", e.getMessage());
        }
    }

    private void stop() {
        GateProbes stopping = probes;
        probes = null;
        if (stopping != null) {
            stopping.close();
        }
    }

    private String decrypt(String stored) {
        return StoredPassword.plain(stored, crypto == null ? null : crypto::decryptAes);
    }
}
