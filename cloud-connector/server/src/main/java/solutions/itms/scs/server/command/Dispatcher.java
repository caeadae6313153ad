package solutions.itms.scs.server.command;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.DatabaseException;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.device.Changes;
import solutions.itms.scs.server.ops.ScarceLog;

/**
 * Hands to the broker what the tables say is to be sent, in that order, and notes what the broker has taken. What can't
 * be sent now stays in the table. One thread; {@link #wake} for any.
 */
public final class Dispatcher implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Dispatcher.class);
    private static final int BATCH = 64;
    private static final int TICK_MILLIS = 1_000;
    private static final int BROKER_SECONDS = 10;

    private final Database database;
    private final CommandTable table;
    private final Turns turns;
    private final Predicate<String> connected;
    private final OutgoingMessages messages;
    private final Publisher publisher;
    private final Consumer<Changes> changed;
    private final Clock clock;
    private final ScarceLog log;
    private final Semaphore news = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "command-dispatch");
    private volatile boolean closed;

    /** Sends to the broker at least once. */
    @FunctionalInterface
    public interface Publisher {
        /** The answer is complete when the broker has it. */
        CompletableFuture<?> publish(String topic, byte[] payload);
    }

    Dispatcher(
            Database database,
            CommandTable table,
            Turns turns,
            Predicate<String> connected,
            OutgoingMessages messages,
            Publisher publisher,
            Consumer<Changes> changed,
            Clock clock) {
        this.database = database;
        this.table = table;
        this.turns = turns;
        this.connected = connected;
        this.messages = messages;
        this.publisher = publisher;
        this.changed = changed;
        this.clock = clock;
        this.log = new ScarceLog(LOGGER, clock);
    }

    public void start() {
        thread.start();
    }

    /** There is something new to send. */
    public void wake() {
        news.release();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(BROKER_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                boolean full = dispatch() == BATCH;
                if (!full && news.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** What is to be sent, and what came of it. */
    private record Sending(
            Outgoing outgoing,
            @Nullable CompletableFuture<?> answer,
            @Nullable EndCode failure) {}

    /** @return how many were read */
    int dispatch() throws InterruptedException {
        try {
            List<Outgoing> waiting = Outgoing.next(database, connected, BATCH);
            List<Sending> sending = new ArrayList<>();
            for (Outgoing outgoing : waiting) {
                OutgoingMessages.Prepared prepared = messages.of(outgoing, clock.instant());
                OutgoingMessages.Message message = prepared.message();
                sending.add(new Sending(
                        outgoing,
                        message == null ? null : publisher.publish(message.topic(), message.payload()),
                        prepared.failure()));
            }
            List<Sending> done = new ArrayList<>();
            for (Sending one : sending) {
                if (one.answer() == null || isTaken(one.answer())) {
                    done.add(one);
                }
            }
            if (!done.isEmpty()) {
                note(done);
            }
            return done.size() == waiting.size() ? waiting.size() : 0;
        } catch (DatabaseException e) {
            log.warn("dispatch", "could not be noted, will be sent again: " + e.getMessage());
            return 0;
        } catch (RuntimeException e) {
            LOGGER.error("commands could not be sent", e);
            return 0;
        }
    }

    private boolean isTaken(CompletableFuture<?> answer) throws InterruptedException {
        try {
            answer.get(BROKER_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            log.warn("broker", "does not take commands: " + e.getMessage());
            return false;
        }
    }

    private void note(List<Sending> done) {
        Instant now = clock.instant();
        Changes changes = new Changes();
        database.write(transaction -> {
            for (Sending one : done) {
                note(transaction, one, now, changes);
            }
            return done.size();
        });
        changed.accept(changes);
    }

    private void note(Transaction transaction, Sending one, Instant now, Changes changes) throws SQLException {
        transaction.update(
                "delete from command_outgoing where id = ?", one.outgoing().number());
        if (!one.outgoing().isCancel() && (one.answer() != null || one.failure() != null)) {
            handedOver(transaction, one.outgoing().command().id(), one.failure(), now, changes);
        }
    }

    /** A command has left, or can't. */
    void handedOver(Transaction transaction, String id, @Nullable EndCode failure, Instant now, Changes changes)
            throws SQLException {
        Command command = CommandTable.find(transaction, id);
        if (command == null || command.state() != CommandState.PENDING) {
            return;
        }
        CommandEvent event = failure == null ? new CommandEvent.HandedOver() : new CommandEvent.Unsendable(failure);
        Values values = failure == null ? new Values().with("dispatched_at_ms", now) : new Values();
        table.apply(transaction, command, event, Cause.system(now), values);
        changes.command(id);
        if (failure != null) {
            turns.take(transaction, command.gatewayId(), Cause.system(now), changes);
        }
    }
}
