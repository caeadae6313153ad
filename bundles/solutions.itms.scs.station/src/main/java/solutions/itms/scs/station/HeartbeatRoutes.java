package solutions.itms.scs.station;

import java.util.List;

/** Sections 6.1.1 to 6.1.3 of the station interface: heartbeats in, the snapshot out. */
final class HeartbeatRoutes {
    /** What gates and tools may decide by: the version of the document, and with it of its enumerations. */
    private static final String INTERFACE = "X-SCS-Interface";

    private static final String VERSION = "1.1";
    private static final int MAX_SINGLE_BYTES = 16 * 1024;
    private static final int MAX_BULK_BYTES = 1024 * 1024;

    private final HeartbeatReader reader;
    private final Gates gates;
    private final Wishes wishes;

    HeartbeatRoutes(HeartbeatReader reader, Gates gates, Wishes wishes) {
        this.reader = reader;
        this.gates = gates;
        this.wishes = wishes;
    }

    void addTo(Router router) {
        router.at("/hb", Resource.read(this::snapshot).withPost(Traffic.HEARTBEAT, this::one));
        router.at("/hb/bulk", Resource.post(Traffic.HEARTBEAT, this::many));
    }

    private void one(Exchange exchange) {
        exchange.read(MAX_SINGLE_BYTES, body -> {
            Heartbeat beat = checked(exchange, () -> reader.one(body));
            exchange.request().setAttribute(FileJournal.DEVICE, beat.id());
            exchange.answerWhen(gates.accept(List.of(beat), sender(exchange, false)), done -> Answers.OK);
        });
    }

    private void many(Exchange exchange) {
        exchange.read(MAX_BULK_BYTES, body -> {
            List<Heartbeat> beats = checked(exchange, () -> reader.many(body));
            exchange.answerWhen(gates.accept(beats, sender(exchange, true)), done -> Answers.count(beats.size()));
        });
    }

    private void snapshot(Exchange exchange) {
        exchange.header(INTERFACE, VERSION);
        exchange.answer(200, Snapshot.of(gates.devices(), wishes));
    }

    /** What the reader makes of the body; gates whose heartbeats are refused are alive all the same. */
    private <T> T checked(Exchange exchange, Reading<T> reading) throws BadRequest {
        try {
            return reading.read();
        } catch (BadRequest e) {
            for (String id : e.deviceIds()) {
                gates.rejected(id, e.firstReason(), exchange.source());
            }
            throw e;
        }
    }

    private static Sender sender(Exchange exchange, boolean bulk) {
        return new Sender(exchange.source(), exchange.peer().isLoopback(), bulk);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws BadRequest;
    }
}
