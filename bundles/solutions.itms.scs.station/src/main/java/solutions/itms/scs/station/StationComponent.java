package solutions.itms.scs.station;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.configuration.ConfigurableComponent;
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
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandHandler;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.api.gate.GateAddress;
import solutions.itms.scs.api.gate.GateDirectory;
import solutions.itms.scs.api.settings.StoredPassword;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.store.Stores;

/** The Station Computer as a Kura component. */
@Component(
        name = StationConfig.PID,
        service = {ConfigurableComponent.class, GateDirectory.class},
        immediate = true,
        property = {"service.pid=" + StationConfig.PID, "kura.service.pid=" + StationConfig.PID})
@Designate(ocd = StationConfig.class)
public final class StationComponent implements ConfigurableComponent, GateDirectory {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration NTP_TIMEOUT = Duration.ofSeconds(1);

    private final Stores stores;
    private final Telemetry telemetry;
    private @Nullable CryptoService crypto;
    private final List<ServiceRegistration<CommandHandler>> commands = new ArrayList<>();
    private volatile @Nullable ConfiguredStation station;

    // mandatory services by constructor, the optional one by method: SCR 2.1 can't construct a component without it
    /** Called by the framework. */
    @Activate
    public StationComponent(@Reference Stores stores, @Reference Telemetry telemetry) {
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

    @Activate
    void activate(BundleContext context, Map<String, Object> properties) {
        station = start(properties);
        for (String name : StationCommands.NAMES) {
            commands.add(context.registerService(
                    CommandHandler.class, handler(name), new Hashtable<>(Map.of(CommandHandler.NAME, name))));
        }
    }

    @Modified
    void updated(Map<String, Object> properties) {
        stop();
        station = start(properties);
    }

    @Deactivate
    void deactivate() {
        commands.forEach(ServiceRegistration::unregister);
        commands.clear();
        stop();
    }

    @Override
    public List<GateAddress> gates() {
        ConfiguredStation configured = station;
        Station running = configured == null ? null : configured.station();
        return running == null ? List.of() : running.addresses();
    }

    @Override
    public Optional<Path> communicationFolder() {
        ConfiguredStation configured = station;
        return configured == null ? Optional.empty() : configured.communicationFolder();
    }

    @Override
    public Optional<String> status(String gateId) {
        ConfiguredStation configured = station;
        Station running = configured == null ? null : configured.station();
        return running == null ? Optional.empty() : running.status(gateId);
    }

    @Override
    public void log(String gateId, String text) {
        ConfiguredStation configured = station;
        FileJournal journal = configured == null ? null : configured.journal();
        if (journal != null) {
            journal.toldBy(gateId, text);
        }
    }

    /** The handler of whichever station is running when the command comes. */
    private CommandHandler handler(String name) {
        return (parameters, command) -> {
            ConfiguredStation configured = station;
            Station running = configured == null ? null : configured.station();
            if (running == null) {
                throw new CommandException(FailureCode.UNAVAILABLE, "the station is not running");
            }
            return running.commands().handler(name).execute(parameters, command);
        };
    }

    private void stop() {
        ConfiguredStation stopping = station;
        station = null;
        if (stopping == null) {
            return;
        }
        try {
            stopping.close();
        } catch (Exception e) {
            LoggerFactory.getLogger(StationComponent.class).error("The station did not stop cleanly", e);
        }
    }

    private ConfiguredStation start(Map<String, Object> properties) {
        ConfiguredStation started =
                new ConfiguredStation(properties, stores.directory(), CLOCK, (options, file, journal) -> {
                    Settings settings = Settings.of(options, this::decrypt).with(file);
                    Surroundings surroundings = new Surroundings(
                            CLOCK,
                            System::nanoTime,
                            InetAddress::isLoopbackAddress,
                            StationComponent::isOurs,
                            reference(settings.time()));
                    Telemetry named = StationTelemetry.of(telemetry, file.stationId());
                    Station next = new Station(settings, stores, named, surroundings, journal, StationProfile.of(file));
                    next.start();
                    return next;
                });
        started.start();
        return started;
    }

    private static boolean isOurs(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    private static ReferenceTime reference(TimeSettings time) {
        return time.servers().isEmpty()
                ? new SystemTimeReference(new SystemCommands())
                : new NtpReference(time.servers(), new SntpClient(CLOCK, NTP_TIMEOUT));
    }

    private String decrypt(String stored) {
        return StoredPassword.plain(stored, crypto == null ? null : crypto::decryptAes);
    }
}
