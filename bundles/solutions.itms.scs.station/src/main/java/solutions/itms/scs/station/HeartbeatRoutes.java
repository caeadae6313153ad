package solutions.itms.scs.station;

import java.util.List;

/** Sections 6.1.1 to 6.1.3 of the station interface: heartbeats in, the snapshot out. */
final class HeartbeatRoutes {
    private static final int MAX_SINGLE_BYTES = 16 * 1024;
    private static final int MAX_BULK_BYTES = 1024 * 1024;

    private final HeartbeatReader reader = new HeartbeatReader();
    private final Gates gates;
    private final Wishes wishes;

    HeartbeatRoutes(Gates gates, Wishes wishes) {
        this.gates = gates;
        this.wishes = wishes;
    }

    void addTo(Router router) {
        router.at("/hb", Resource.read(this::snapshot).withPost(Traffic.HEARTBEAT, this::one));
        router.at("/hb/bulk", Resource.post(Traffic.HEARTBEAT, this::many));
    }

    private void one(Exchange exchange) {
        exchange.read(MAX_SINGLE_BYTES, body -> {
            List<Heartbeat> beat = List.of(reader.one(body));
            exchange.request().setAttribute(FileJournal.DEVICE, beat.get(0).id());
            exchange.answerWhen(gates.accept(beat, exchange.source()), done -> Answers.OK);
        });
    }

    private void many(Exchange exchange) {
        exchange.read(MAX_BULK_BYTES, body -> {
            List<Heartbeat> beats = reader.many(body);
            exchange.answerWhen(gates.accept(beats, exchange.source()), done -> Answers.count(beats.size()));
        });
    }

    private void snapshot(Exchange exchange) {
        exchange.answer(200, Answers.snapshot(gates.all(), wishes));
    }
}
