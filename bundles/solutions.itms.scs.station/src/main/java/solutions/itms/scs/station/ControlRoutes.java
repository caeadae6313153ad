package solutions.itms.scs.station;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sections 6.1.4, 6.1.5 and 6.1.7 to 6.1.11 of the station interface: what the gates are to do. */
final class ControlRoutes {
    private static final int MAX_BYTES = 4 * 1024;

    private final ControlReader reader = new ControlReader();
    private final Gates gates;
    private final Wishes wishes;

    ControlRoutes(Gates gates, Wishes wishes) {
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
            // the interface has no second step: what gates and tools do to end an emergency is let through, and audited
            Origin origin = new Origin("http " + source(exchange.source()), change.reason(), true);
            exchange.answerWhen(
                    wishes.set(List.of(exchange.deviceId()), change.wanted(), origin), outcome -> Answers.OK);
        });
    }

    /** Whether the device asks for itself; a look by a screen or tool is no sign that the device knows. */
    private boolean isItself(Exchange exchange) {
        return gates.isAt(exchange.deviceId(), exchange.source());
    }

    private static String source(@Nullable String address) {
        return address == null ? "unknown" : address;
    }
}
