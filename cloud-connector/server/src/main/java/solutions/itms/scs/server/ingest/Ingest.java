package solutions.itms.scs.server.ingest;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.server.command.CommandReports;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.device.Changes;
import solutions.itms.scs.server.history.HistoryCounts;
import solutions.itms.scs.server.history.LatestValues;
import solutions.itms.scs.server.ops.ScarceLog;

/**
 * Takes messages in batches: one transaction, then the acknowledgements, then the news. While the database fails,
 * nothing is acknowledged and the same batch is tried again, so that the backlog stays in the broker. Thread-safe.
 */
public final class Ingest implements AutoCloseable {
    /** Messages that wait here, and so the largest batch. */
    static final int MAX_WAITING = 500;

    /** What those messages may hold, unpacked; each may have 16 MiB. */
    static final long MAX_WAITING_BYTES = 64L * 1024 * 1024;

    private static final Logger LOGGER = LoggerFactory.getLogger(Ingest.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final BatchWriter writer;
    private final DueReceipts receipts = new DueReceipts(System::nanoTime);
    private final ScarceLog log;
    private final Clock clock;
    private final BlockingQueue<Inbound> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final ByteBudget budget = ByteBudget.ofHeap(MAX_WAITING_BYTES);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "ingest");
    private volatile @Nullable String failure;
    /** When the oldest message that is being written was received; null when none is. */
    private volatile @Nullable Instant writing;

    /**
     * @param connected whether a gateway is connected now, as far as the broker can tell
     * @param commands takes what gateways say of commands
     * @param changed told after each commit, on the ingest thread; must not block
     * @param latest told of the metrics after each commit
     */
    public Ingest(
            Database database,
            Predicate<String> connected,
            CommandReports commands,
            Consumer<Changes> changed,
            LatestValues latest,
            Clock clock) {
        this.clock = clock;
        this.log = new ScarceLog(LOGGER, clock);
        this.writer = new BatchWriter(database, connected, commands, changed, receipts, latest, clock);
    }

    /** Starts taking. */
    public void start() {
        thread.start();
    }

    /** What was taken since the start. */
    public IngestCounts counts() {
        return writer.counts();
    }

    /** What became of samples since the start. */
    public HistoryCounts historyCounts() {
        return writer.historyCounts();
    }

    /** Messages that were handed over and are not written yet. */
    public long waiting() {
        return waiting.size();
    }

    /** About how many bytes those hold, and those that are being written. */
    public long waitingBytes() {
        return budget.held();
    }

    /** How long the oldest message has waited to be written, in milliseconds; 0 when none waits. */
    public long lagMillis() {
        Instant oldest = writing;
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toMillis());
    }

    DueReceipts dueReceipts() {
        return receipts;
    }

    /** Why nothing can be taken at present; null when all is well. */
    public @Nullable String failure() {
        return thread.isAlive() ? failure : "the ingest thread has ended";
    }

    /** Hands a message over; waits while too many, or too large ones, are waiting. */
    void take(String topic, byte[] payload, Runnable acknowledge) throws InterruptedException {
        Inbound message = Inbound.read(topic, payload, clock.instant(), acknowledge);
        budget.acquire(message.weight());
        waiting.put(message);
    }

    /** Hands a message over. @return false when there was no room for it in this time */
    boolean offer(Inbound message, long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        if (!budget.acquire(message.weight(), nanos)) {
            return false;
        }
        if (waiting.offer(message, end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            return true;
        }
        budget.release(message.weight());
        return false;
    }

    /** Messages not yet committed stay unacknowledged; the broker sends them again. */
    @Override
    public void close() {
        stopping.countDown();
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Inbound> batch = new ArrayList<>(MAX_WAITING);
        try {
            while (stopping.getCount() > 0) {
                batch.add(waiting.take());
                waiting.drainTo(batch, MAX_WAITING - 1);
                writing = batch.get(0).receivedAt();
                writeUntilItWorks(batch);
                writing = null;
                acknowledge(batch);
                batch.clear();
            }
        } catch (InterruptedException e) {
            // closed; the interrupt is meant for this thread alone, which ends here
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilItWorks(List<Inbound> batch) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                writer.write(batch);
                recovered();
                return;
            } catch (SQLException | RuntimeException e) {
                failed(e);
            }
            if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("closed");
            }
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
    }

    private void failed(Exception e) {
        if (failure == null) {
            LOGGER.error("the database takes no messages; they wait in the broker until it does", e);
        } else {
            log.warn("database", "still takes no messages: " + e.getMessage());
        }
        failure = String.valueOf(e.getMessage());
    }

    private void recovered() {
        if (failure != null) {
            LOGGER.info("the database takes messages again");
            failure = null;
        }
    }

    private void acknowledge(List<Inbound> batch) {
        for (Inbound message : batch) {
            budget.release(message.weight());
            try {
                message.acknowledge().run();
            } catch (RuntimeException e) {
                // the broker will send it again, and its number is known by then
                log.warn("broker", "an acknowledgement failed: " + e.getMessage());
            }
        }
    }
}
