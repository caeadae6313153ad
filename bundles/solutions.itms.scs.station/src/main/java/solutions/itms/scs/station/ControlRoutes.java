package solutions.itms.scs.station;

import java.util.List;

/** Sections 6.1.4, 6.1.5 and 6.1.7 to 6.1.11 of the station interface: what the gates are to do. */
final class ControlRoutes {
    private static final int MAX_BYTES = 4 * 1024;

    private final ControlReader reader = new ControlReader();
    private final Access access;
    private final Alarms alarms;
    private final boolean knownDevicesOnly;
    private final Gates gates;
    private final Wishes wishes;

    ControlRoutes(Access access, Alarms alarms, boolean knownDevicesOnly, Gates gates, Wishes wishes) {
        this.access = access;
        this.alarms = alarms;
        this.knownDevicesOnly = knownDevicesOnly;
        this.gates = gates;
        this.wishes = wishes;
    }

    void addTo(Router router) {
        router.ofDevice(
                "/operation", Resource.read(this::operation).withPost(Traffic.CONTROL, x -> set(x, "operation")));
        router.ofDevice(
                "/aisle-mode", Resource.read(this::aisleMode).withPost(Traffic.CONTROL, x -> set(x, "aisleMode")));
        router.ofDevice(
                "/inservice-last", Resource.read(this::inserviceLast).withPost(Traffic.CONTROL, x -> set(x, "op")));
        router.at("/inservice-last", Resource.read(this::allInserviceLast));
    }

    private void operation(Exchange exchange) {
        String id = exchange.deviceId();
        Wish wish = isItself(exchange) ? wishes.operationPolled(id) : wishes.of(id);
        exchange.answer(200, Answers.operation("operation", wish.operation().value()));
    }

    private void aisleMode(Exchange exchange) {
        String id = exchange.deviceId();
        Wish wish = isItself(exchange) ? wishes.aisleModePolled(id) : wishes.of(id);
        exchange.answer(200, Answers.aisleMode(wish.aisleMode().value()));
    }

    private void inserviceLast(Exchange exchange) {
        Operation last = wishes.of(exchange.deviceId()).inserviceLast();
        exchange.answer(200, Answers.operation("op", last));
    }

    private void allInserviceLast(Exchange exchange) {
        exchange.answer(200, Answers.inserviceLast(wishes.all()));
    }

    private void set(Exchange exchange, String field) {
        exchange.read(MAX_BYTES, body -> {
            ControlReader.Change change = reader.read(body, field);
            // entering an emergency never waits for anything
            boolean emergency =
                    change.wanted() instanceof Wanted.Operate operate && operate.operation() == Operation.EMERGENCY;
            if ((emergency || access.withinRate(exchange, Traffic.CONTROL)) && mayExist(exchange)) {
                set(exchange, change);
            }
        });
    }

    private void set(Exchange exchange, ControlReader.Change change) {
        // the interface has no second step: what gates and tools do to end an emergency is let through, and audited
        Origin origin = new Origin("http " + exchange.peer().name(), change.reason(), true);
        exchange.answerWhen(wishes.set(List.of(exchange.deviceId()), change.wanted(), origin), outcome -> Answers.OK);
    }

    /** Whether the device may be told what to do; an unknown one may be a typing error, which is noticed. */
    private boolean mayExist(Exchange exchange) {
        String id = exchange.deviceId();
        if (gates.isKnown(id)) {
            return true;
        }
        alarms.note(AlarmKind.UNKNOWN_DEVICE, id, exchange.peer().name() + " controls the unknown device " + id);
        if (knownDevicesOnly) {
            exchange.refuse(404, "unknown device");
        }
        return !knownDevicesOnly;
    }

    /** Whether the device asks for itself; a look by a screen or tool is no sign that the device knows. */
    private boolean isItself(Exchange exchange) {
        return gates.isAt(exchange.deviceId(), exchange.source());
    }
}
