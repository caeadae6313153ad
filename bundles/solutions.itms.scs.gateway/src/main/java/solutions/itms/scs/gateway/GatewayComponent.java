package solutions.itms.scs.gateway;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraPosition;
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
import solutions.itms.scs.api.command.CommandHandler;
import solutions.itms.scs.api.history.Query;
import solutions.itms.scs.api.history.Sample;
import solutions.itms.scs.api.history.TelemetryHistory;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.gateway.host.GatewayCommands;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.Position;
import solutions.itms.scs.store.Stores;

/** The telemetry service over any Kura cloud publisher, ours or the stock one, and the history of what it sent. */
@Component(
        name = GatewayConfig.PID,
        service = {Telemetry.class, TelemetryHistory.class, ConfigurableComponent.class},
        immediate = true,
        property = {"service.pid=" + GatewayConfig.PID, "kura.service.pid=" + GatewayConfig.PID})
@Designate(ocd = GatewayConfig.class)
public final class GatewayComponent implements Telemetry, TelemetryHistory, ConfigurableComponent {
    private static final long MEGABYTE = 1_000_000;

    private final NumberedTelemetry telemetry;
    private final History history;
    private final GatewayCommands commands;
    private final List<ServiceRegistration<CommandHandler>> registered = new ArrayList<>();
    private final CloudConnectionListener listener = new Listener();

    /** Called by the framework. */
    @Activate
    public GatewayComponent(@Reference Stores stores, Map<String, Object> properties) {
        telemetry = new NumberedTelemetry(stores, Duration.ofSeconds(1));
        history = new History(stores, Clock.systemUTC(), retention(properties), Duration.ofSeconds(5));
        commands = GatewayCommands.of(stores.directory(), history, Clock.systemUTC());
    }

    @Activate
    void activate(BundleContext context) {
        commands.handlers()
                .forEach((name, handler) -> registered.add(context.registerService(
                        CommandHandler.class, handler, new Hashtable<>(Map.of(CommandHandler.NAME, name)))));
    }

    /** The framework binds the newly chosen publisher by itself; it must only not make a new component for it. */
    @Modified
    void updated(Map<String, Object> properties) {
        history.keepFor(retention(properties));
    }

    private static History.Retention retention(Map<String, Object> properties) {
        Options options = new Options(properties);
        return new History.Retention(
                Duration.ofDays(options.number("history.days", 0, GatewayConfig.MAX_DAYS, GatewayConfig.DAYS)),
                options.number("history.megabytes", 1, GatewayConfig.MAX_MEGABYTES, GatewayConfig.MEGABYTES)
                        * MEGABYTE);
    }

    @Deactivate
    void deactivate() {
        registered.forEach(ServiceRegistration::unregister);
        registered.clear();
        telemetry.close();
        history.close();
    }

    @Reference(
            name = "CloudPublisher",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            unbind = "unsetPublisher")
    void setPublisher(CloudPublisher publisher) {
        publisher.registerCloudConnectionListener(listener);
        telemetry.carryWith((subject, payload, priority) ->
                publisher.publish(new KuraMessage(toKura(payload), Map.of("subject", subject, "priority", priority))));
    }

    void unsetPublisher(CloudPublisher publisher) {
        publisher.unregisterCloudConnectionListener(listener);
        telemetry.carryWith(null);
    }

    @Override
    public void send(String subject, Payload payload, Priority priority) {
        telemetry.send(subject, payload, priority);
        history.record(subject, payload);
    }

    @Override
    public List<Sample> read(Query query) throws IOException {
        return history.read(query);
    }

    @Override
    public AutoCloseable onConnected(Runnable callback) {
        return telemetry.onConnected(callback);
    }

    private static KuraPayload toKura(Payload payload) {
        KuraPayload kura = new KuraPayload();
        payload.metrics().forEach(kura::addMetric);
        kura.setTimestamp(payload.timestamp() == null ? null : Date.from(payload.timestamp()));
        kura.setBody(payload.body());
        kura.setPosition(toKura(payload.position()));
        return kura;
    }

    private static @Nullable KuraPosition toKura(@Nullable Position position) {
        if (position == null) {
            return null;
        }
        KuraPosition kura = new KuraPosition();
        kura.setLatitude(position.latitude());
        kura.setLongitude(position.longitude());
        if (position.altitude() != null) {
            kura.setAltitude(position.altitude());
        }
        if (position.precision() != null) {
            kura.setPrecision(position.precision());
        }
        if (position.heading() != null) {
            kura.setHeading(position.heading());
        }
        if (position.speed() != null) {
            kura.setSpeed(position.speed());
        }
        if (position.timestamp() != null) {
            kura.setTimestamp(Date.from(position.timestamp()));
        }
        if (position.satellites() != null) {
            kura.setSatellites(position.satellites());
        }
        if (position.status() != null) {
            kura.setStatus(position.status());
        }
        return kura;
    }

    private final class Listener implements CloudConnectionListener {
        @Override
        public void onConnectionEstablished() {
            telemetry.connected();
        }

        @Override
        public void onConnectionLost() {
            // messages go on to the publisher, whose queue keeps them
        }

        @Override
        public void onDisconnected() {
            // as above
        }
    }
}
