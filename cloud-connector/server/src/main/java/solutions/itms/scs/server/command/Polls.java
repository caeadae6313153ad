package solutions.itms.scs.server.command;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.device.Changes;
import solutions.itms.scs.server.device.Presence;

/** The second way to a gateway: it asks over HTTPS, and gets what the dispatcher would have sent. Thread-safe. */
public final class Polls {
    private static final int MAX_COMMANDS = 16;
    private static final Duration RECENT = Duration.ofSeconds(60);

    private final Database database;
    private final Turns turns;
    private final Dispatcher dispatcher;
    private final OutgoingMessages messages;
    private final Clock clock;
    private final Map<String, Instant> polled;
    private final Map<String, CompletableFuture<Boolean>> waiting = new ConcurrentHashMap<>();

    /** @param polled when each gateway asked last; shared with whoever has to know who is there */
    Polls(
            Database database,
            Turns turns,
            Dispatcher dispatcher,
            OutgoingMessages messages,
            Clock clock,
            Map<String, Instant> polled) {
        this.database = database;
        this.turns = turns;
        this.dispatcher = dispatcher;
        this.messages = messages;
        this.clock = clock;
        this.polled = polled;
    }

    /** A signed command on its way. */
    public record Envelope(String id, String envelope) {}

    /** What a gateway gets. */
    public record Answer(List<Envelope> commands, List<String> cancel) {
        public boolean isEmpty() {
            return commands.isEmpty() && cancel.isEmpty();
        }
    }

    /** Whether a gateway has asked lately. */
    static boolean isRecent(@Nullable Instant at, Instant now) {
        return at != null && now.isBefore(at.plus(RECENT));
    }

    /** What there is for the gateway now, which is there, as it asks. It counts as handed over; what is not acknowledged comes again. */
    public Answer poll(String gatewayId, Changes changes) {
        Instant now = clock.instant();
        polled.put(gatewayId, now);
        return database.write(transaction -> {
            List<Presence> present = Presence.load(transaction, List.of(gatewayId));
            present.forEach(gateway -> gateway.heard(now, true));
            Presence.save(transaction, present, changes);
            turns.takeNow(transaction, gatewayId, Cause.gateway(gatewayId, now), changes);
            return fetch(transaction, gatewayId, now, changes);
        });
    }

    /** Complete when there may be something new for the gateway. The one who asked before is told as well. */
    public CompletableFuture<Boolean> news(String gatewayId) {
        return waiting.compute(
                gatewayId, (id, before) -> before == null || before.isDone() ? new CompletableFuture<>() : before);
    }

    void wake(Collection<String> gateways) {
        for (String gateway : gateways) {
            CompletableFuture<Boolean> one = waiting.remove(gateway);
            if (one != null) {
                one.complete(true);
            }
        }
    }

    private Answer fetch(Transaction transaction, String gatewayId, Instant now, Changes changes) throws SQLException {
        List<Envelope> commands = new ArrayList<>();
        List<String> cancel = new ArrayList<>();
        for (Outgoing outgoing : Outgoing.of(transaction, gatewayId, MAX_COMMANDS)) {
            transaction.update("delete from command_outgoing where id = ?", outgoing.number());
            String id = outgoing.command().id();
            if (outgoing.isCancel()) {
                cancel.add(id);
                continue;
            }
            OutgoingMessages.Sealed sealed = messages.seal(outgoing.command(), outgoing.approvedSha256(), now);
            String jws = sealed.jws();
            if (jws != null) {
                commands.add(new Envelope(id, jws));
            }
            if (jws != null || sealed.failure() != null) {
                dispatcher.handedOver(transaction, id, sealed.failure(), now, changes);
            }
        }
        return new Answer(commands, cancel);
    }
}
