package solutions.itms.scs.station;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.store.Stores;

/** The Station Computer as a Kura component. */
@Component(
        name = StationConfig.PID,
        service = ConfigurableComponent.class,
        immediate = true,
        property = {"service.pid=" + StationConfig.PID, "kura.service.pid=" + StationConfig.PID})
@Designate(ocd = StationConfig.class)
public final class StationComponent implements ConfigurableComponent {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration NTP_TIMEOUT = Duration.ofSeconds(1);

    private final Stores stores;
    private final Telemetry telemetry;
    private @Nullable CryptoService crypto;
    private @Nullable ConfiguredStation station;

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
    void activate(Map<String, Object> properties) {
        station = start(properties);
    }

    @Modified
    void updated(Map<String, Object> properties) {
        deactivate();
        station = start(properties);
    }

    @Deactivate
    void deactivate() {
        if (station == null) {
            return;
        }
        try {
            station.close();
        } catch (Exception e) {
            LoggerFactory.getLogger(StationComponent.class).error("The station did not stop cleanly", e);
        }
    }

    private ConfiguredStation start(Map<String, Object> properties) {
        ConfiguredStation started =
                new ConfiguredStation(properties, stores.directory(), CLOCK, (options, file, journal) -> {
                    Settings settings = Settings.of(options, this::decrypt)
                            .withDevices(file.devices().stream()
                                    .map(PlannedDevice::of)
                                    .toList());
                    Surroundings surroundings = new Surroundings(
                            CLOCK, System::nanoTime, InetAddress::isLoopbackAddress, reference(settings.time()));
                    Station next =
                            new Station(settings, stores, telemetry, surroundings, journal, StationProfile.of(file));
                    next.start();
                    return next;
                });
        started.start();
        return started;
    }

    private static ReferenceTime reference(TimeSettings time) {
        return time.servers().isEmpty()
                ? new SystemTimeReference(new SystemCommands())
                : new NtpReference(time.servers(), new SntpClient(CLOCK, NTP_TIMEOUT));
    }

    /** A stored password in plain text; Kura stores some in plain text, until they are changed for the first time. */
    private String decrypt(String stored) {
        if (crypto == null || stored.isEmpty()) {
            return stored;
        }
        try {
            char[] plain = crypto.decryptAes(stored.toCharArray());
            return plain == null ? stored : new String(plain);
        } catch (KuraException | RuntimeException e) {
            return stored;
        }
    }
}
