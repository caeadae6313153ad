package solutions.itms.scs.station;

import java.time.Clock;
import java.util.Map;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
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
    private final Stores stores;
    private final Telemetry telemetry;
    private ConfiguredStation station;

    /** Called by the framework. */
    @Activate
    public StationComponent(@Reference Stores stores, @Reference Telemetry telemetry, Map<String, Object> properties) {
        this.stores = stores;
        this.telemetry = telemetry;
        this.station = start(properties);
    }

    @Modified
    void updated(Map<String, Object> properties) {
        deactivate();
        station = start(properties);
    }

    @Deactivate
    void deactivate() {
        try {
            station.close();
        } catch (Exception e) {
            LoggerFactory.getLogger(StationComponent.class).error("The station did not stop cleanly", e);
        }
    }

    private ConfiguredStation start(Map<String, Object> properties) {
        ConfiguredStation started =
                new ConfiguredStation(properties, stores.directory(), Clock.systemUTC(), (options, file, journal) -> {
                    Settings settings = Settings.of(options);
                    Station next =
                            new Station(settings, stores, telemetry, Clock.systemUTC(), System::nanoTime, journal);
                    next.start();
                    return next;
                });
        started.start();
        return started;
    }
}
