package solutions.itms.scs.command;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.message.command.CommandRegistry;
import solutions.itms.scs.store.StoreException;
import solutions.itms.scs.store.Stores;

/** The executor with its journal, its threads and its timer: opened as soon as the disk lets it be. Thread-safe. */
final class RunningExecutor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningExecutor.class);
    private static final long TICK_MILLIS = 200;
    private static final long OPEN_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long FORGET_NANOS = Duration.ofMinutes(10).toNanos();
    private static final long ANNOUNCE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Stores stores;
    private final Targets targets;
    private final Handlers handlers;
    private final Uplink uplink;
    private final Clock clock;
    private final LongSupplier ticker = System::nanoTime;
    private final AtomicInteger threadNumber = new AtomicInteger();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(task -> daemon(task, "scs-command-" + threadNumber.incrementAndGet()));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "scs-command-timer"));
    private volatile Settings settings;
    private volatile @Nullable CommandExecutor executor;
    private volatile boolean connected;
    private volatile boolean changed;
    private @Nullable Journal journal;
    private boolean openFailed;
    private long openedAt;
    private long forgotAt;
    private long changedAt;

    RunningExecutor(Stores stores, Targets targets, Handlers handlers, Uplink uplink, Clock clock, Settings settings) {
        this.stores = stores;
        this.targets = targets;
        this.handlers = handlers;
        this.uplink = uplink;
        this.clock = clock;
        this.settings = settings;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // every failure is caught and told
    void start() {
        openedAt = ticker.getAsLong() - OPEN_NANOS;
        tick();
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void configure(Settings next) {
        settings = next;
        CommandExecutor running = executor;
        if (running != null) {
            running.configure(next);
        }
    }

    /** The connection to the cloud has come up: the server is told what is here. */
    void connected() {
        connected = true;
    }

    /** Handlers have come or gone: the server is told, once it is quiet. */
    void handlersChanged() {
        changed = true;
    }

    /** Null while the journal can't be opened. */
    @Nullable
    CommandExecutor executor() {
        return executor;
    }

    private void tick() {
        try {
            CommandExecutor running = executor;
            if (running == null) {
                open();
                return;
            }
            running.tick();
            announce(running);
            forget();
        } catch (RuntimeException e) {
            LOG.error("The executor of commands failed", e);
        }
    }

    private void open() {
        long now = ticker.getAsLong();
        if (now - openedAt < OPEN_NANOS) {
            return;
        }
        openedAt = now;
        try {
            Journal opened = Journal.open(stores, clock);
            journal = opened;
            if (opened.wasDamaged()) {
                damaged();
            }
            opened.onReset(this::damaged);
            CommandRegistry registry = CommandRegistry.standard();
            CommandExecutor made = new CommandExecutor(
                    registry,
                    new Admission(registry, targets, handlers, clock),
                    handlers,
                    opened,
                    new Reports(uplink, opened, clock, ticker),
                    threads,
                    clock,
                    ticker,
                    settings);
            made.resume();
            made.configure(settings);
            executor = made;
            forgotAt = now - FORGET_NANOS;
            connected = true;
        } catch (StoreException e) {
            if (journal != null) {
                journal.close();
                journal = null;
            }
            if (!openFailed) {
                LOG.error("No command is taken: the journal can't be opened: {}", e.getMessage());
            }
            openFailed = true;
        }
    }

    private void damaged() {
        uplink.event(
                "command_journal",
                Map.of(
                        "raised",
                        true,
                        "text",
                        "the journal of commands was damaged; it is kept, and a new one is begun"));
    }

    private void announce(CommandExecutor running) {
        long now = ticker.getAsLong();
        if (changed) {
            changed = false;
            changedAt = now;
        }
        boolean quiet = changedAt != 0 && now - changedAt >= ANNOUNCE_NANOS;
        if (connected || quiet) {
            connected = false;
            changedAt = quiet ? 0 : changedAt;
            running.pull();
        }
    }

    private void forget() {
        long now = ticker.getAsLong();
        Journal open = journal;
        if (open == null || now - forgotAt < FORGET_NANOS) {
            return;
        }
        forgotAt = now;
        try {
            Settings by = settings;
            int lost = open.forget(by.keepCount(), by.keepFor(), by.skew());
            if (lost > 0) {
                LOG.warn("{} results were forgotten that the server has not confirmed", lost);
                uplink.event("command_results_lost", Map.of("count", lost));
            }
        } catch (StoreException e) {
            LOG.debug("The journal can't be tidied now", e);
        }
    }

    /** Ends what runs and closes the journal; no thread is left when this returns, unless a handler does not stop. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("The timer of commands did not end");
            }
            CommandExecutor running = executor;
            if (running != null) {
                running.close(PATIENCE);
            }
            threads.shutdownNow();
            if (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("A command does not end");
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        if (journal != null) {
            journal.close();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
