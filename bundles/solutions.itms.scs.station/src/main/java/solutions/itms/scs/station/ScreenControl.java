package solutions.itms.scs.station;

import java.util.List;
import java.util.Locale;
import solutions.itms.scs.station.log.Level;

/** What the screen can do: set what devices are to do, one or the whole station in one step, and take note of alarms. */
final class ScreenControl {
    private final ScreenReader reader = new ScreenReader();
    private final Access access;
    private final ControlDesk desk;
    private final Gates gates;
    private final Alarms alarms;
    private final Journal journal;

    ScreenControl(Access access, ControlDesk desk, Gates gates, Alarms alarms, Journal journal) {
        this.access = access;
        this.desk = desk;
        this.gates = gates;
        this.alarms = alarms;
        this.journal = journal;
    }

    /** Answers POST of an order. */
    void order(Exchange exchange) {
        if (access.admitsPage(exchange)) {
            exchange.read(ScreenReader.MAX_BYTES, body -> {
                ScreenOrder order = reader.order(body);
                // entering an emergency never waits for anything
                if (order.entersEmergency() || access.withinRate(exchange, Traffic.CONTROL)) {
                    submit(exchange, order);
                }
            });
        }
    }

    /** Answers POST of an alarm that somebody has taken note of. */
    void acknowledge(Exchange exchange) {
        if (access.admitsPage(exchange) && access.withinRate(exchange, Traffic.CONTROL)) {
            exchange.read(4 * 1024, body -> {
                if (alarms.acknowledge(reader.alarm(body), who(exchange))) {
                    exchange.answer(200, Answers.OK);
                } else {
                    exchange.refuse(404, "no such alarm");
                }
            });
        }
    }

    private void submit(Exchange exchange, ScreenOrder order) throws BadRequest {
        List<String> ids = order.devices() == null
                ? gates.devices().stream().map(Device::id).toList()
                : known(order.devices());
        String who = who(exchange);
        ControlDesk.Request request =
                new ControlDesk.Request(ids, order.wanted(), who, order.reason(), order.confirmed(), order.pin());
        exchange.whenDone(desk.submit(request), answer -> answer(exchange, order, who, answer));
    }

    private void answer(Exchange exchange, ScreenOrder order, String who, ControlDesk.Answer answer) {
        Wishes.Outcome outcome = answer.outcome();
        if (outcome instanceof Wishes.Outcome.Done done) {
            journal.app(
                    Level.INFO,
                    who + " sets " + text(order.wanted()) + " for "
                            + (order.devices() == null ? "the whole station, " : "")
                            + done.wishes().size() + " devices");
            exchange.answer(200, Answers.count(done.wishes().size()));
        } else if (outcome instanceof Wishes.Outcome.LeavesEmergency leaves) {
            exchange.answer(409, refused("leaves emergency", leaves.ids(), answer.missing()));
        } else if (outcome instanceof Wishes.Outcome.NothingToRestore nothing) {
            exchange.answer(409, refused("nothing to restore", nothing.ids(), List.of()));
        }
    }

    /** A typing error must not look as if it had done something. */
    private List<String> known(List<String> ids) throws BadRequest {
        for (int i = 0; i < ids.size(); i++) {
            if (!gates.isKnown(ids.get(i))) {
                throw BadRequest.of(new FieldError(i, "devices", "is no device of this station"));
            }
        }
        return ids;
    }

    private static byte[] refused(String error, List<String> ids, List<ControlDesk.Need> missing) {
        return Answers.json(out -> {
            out.writeBooleanField("ok", false);
            out.writeStringField("error", error);
            out.writeArrayFieldStart("devices");
            for (String id : ids) {
                out.writeString(id);
            }
            out.writeEndArray();
            out.writeArrayFieldStart("missing");
            for (ControlDesk.Need need : missing) {
                out.writeString(need.name().toLowerCase(Locale.ROOT));
            }
            out.writeEndArray();
        });
    }

    private static String text(Wanted wanted) {
        if (wanted instanceof Wanted.Operate operate) {
            return operate.operation().text();
        }
        return wanted instanceof Wanted.AisleMode mode ? "aisle mode " + mode.mode() : "the last in-service operation";
    }

    private static String who(Exchange exchange) {
        return "screen " + exchange.peer().name();
    }
}
