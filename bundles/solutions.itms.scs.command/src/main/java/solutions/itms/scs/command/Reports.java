package solutions.itms.scs.command;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.message.command.CommandRefusedException;
import solutions.itms.scs.message.command.CommandReport;
import solutions.itms.scs.message.command.ErrorCode;
import solutions.itms.scs.message.command.GatewayState;
import solutions.itms.scs.store.StoreException;

/** What the server is told, and told again until it has said that it knows. Thread-safe. */
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final int MAX_ROUND = 200;
    private static final int MAX_AT_ONCE = 2_000;
    private static final int MAX_PLANNED = 20_000;
    private static final long LOOK_EVERY = Duration.ofSeconds(2).toNanos();
    private static final long MAX_PAUSE = Duration.ofHours(1).toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int MAX_AUDITS_PER_MINUTE = 30;

    private final Uplink uplink;
    private final Journal journal;
    private final Clock clock;
    private final LongSupplier ticker;
    private final Map<String, Repeat> repeats = new HashMap<>();
    private long lookedAt;
    private long lookedUntil;
    private long minuteBegan;
    private int auditsInMinute;
    private boolean refusalSeen;
    private long refusals;
    private long refusalToldAt;

    Reports(Uplink uplink, Journal journal, Clock clock, LongSupplier ticker) {
        this.uplink = uplink;
        this.journal = journal;
        this.clock = clock;
        this.ticker = ticker;
        this.lookedAt = ticker.getAsLong();
    }

    private record Repeat(long dueAt, long pause) {}

    void state(String id, GatewayState state) {
        uplink.send("command/" + id + "/ack", new CommandReport.Ack(id, state, clock.instant()).encode());
    }

    void progress(CommandReport.Progress progress) {
        uplink.send("command/" + progress.id() + "/progress", progress.encode());
    }

    void pull(CommandReport.Pull pull) {
        uplink.send("command/pull", pull.encode());
    }

    /** Sends a signed result that is in the journal. */
    void result(String id, String signed) {
        uplink.send("command/" + id + "/result", signed.getBytes(StandardCharsets.US_ASCII));
    }

    synchronized void confirmed(List<String> ids) {
        ids.forEach(repeats::remove);
    }

    /** Sends every result again that was not confirmed; of very many the oldest, the others follow in their turn. */
    void repeatAll(Settings settings, Journal from) throws StoreException {
        List<Journal.Unconfirmed> round = List.of();
        for (int sent = 0; sent < MAX_AT_ONCE; sent += round.size()) {
            round = from.unconfirmed(
                    round.isEmpty() ? 0 : round.get(round.size() - 1).position(), MAX_ROUND);
            for (Journal.Unconfirmed each : round) {
                plan(each.id(), settings.repeat().toNanos());
                result(each.id(), each.result());
            }
            if (round.size() < MAX_ROUND) {
                return;
            }
        }
    }

    /** Sends results again whose time has come: each time it looks at some, so that none is forgotten behind others. */
    void repeatDue(Settings settings, Journal from) {
        long after;
        synchronized (this) {
            long now = ticker.getAsLong();
            if (now - lookedAt < LOOK_EVERY) {
                return;
            }
            lookedAt = now;
            after = lookedUntil;
        }
        try {
            List<Journal.Unconfirmed> round = from.unconfirmed(after, MAX_ROUND);
            for (Journal.Unconfirmed each : round) {
                if (isDue(each.id(), settings.repeat().toNanos())) {
                    result(each.id(), each.result());
                }
            }
            synchronized (this) {
                lookedUntil = round.size() < MAX_ROUND
                        ? 0
                        : round.get(round.size() - 1).position();
                if (repeats.size() > MAX_PLANNED) {
                    repeats.clear();
                }
            }
        } catch (StoreException e) {
            LOG.debug("Results can't be read now", e);
        }
    }

    /** Notes that something was refused: in the audit, and once a minute to the cloud when it may be an attack. */
    void refused(String id, String who, CommandRefusedException e) {
        boolean suspicious = isSuspicious(e.code());
        boolean write;
        boolean tell;
        long count;
        synchronized (this) {
            long now = ticker.getAsLong();
            boolean next = !refusalSeen || now - minuteBegan >= MINUTE;
            refusalSeen = true;
            minuteBegan = next ? now : minuteBegan;
            auditsInMinute = next ? 1 : auditsInMinute + 1;
            // what anybody can send must not wear out the disk
            write = !suspicious || auditsInMinute <= MAX_AUDITS_PER_MINUTE;
            refusals += suspicious ? 1 : 0;
            tell = suspicious && (refusals == 1 || now - refusalToldAt >= MINUTE);
            refusalToldAt = tell ? now : refusalToldAt;
            count = refusals;
        }
        if (write) {
            journal.audit(id, "refused", who, e.code().text() + ": " + e.getMessage());
        }
        if (tell) {
            LOG.warn("A command was refused: {} ({} so far)", e.getMessage(), count);
            uplink.event(
                    "command_refused",
                    Map.of("code", e.code().text(), "text", String.valueOf(e.getMessage()), "count", count));
        }
    }

    private static boolean isSuspicious(ErrorCode code) {
        return code == ErrorCode.BAD_SIGNATURE
                || code == ErrorCode.WRONG_GATEWAY
                || code == ErrorCode.REPLAYED
                || code == ErrorCode.MALFORMED;
    }

    private synchronized void plan(String id, long pause) {
        repeats.put(id, new Repeat(ticker.getAsLong() + pause, pause));
    }

    private synchronized boolean isDue(String id, long first) {
        Repeat repeat = repeats.get(id);
        long now = ticker.getAsLong();
        if (repeat == null) {
            repeats.put(id, new Repeat(now + first, first));
            return false;
        }
        if (now - repeat.dueAt() < 0) {
            return false;
        }
        long pause = Math.min(MAX_PAUSE, 2 * repeat.pause());
        repeats.put(id, new Repeat(now + pause, pause));
        return true;
    }
}
