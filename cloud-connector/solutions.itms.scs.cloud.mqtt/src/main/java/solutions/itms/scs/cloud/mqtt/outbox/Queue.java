package solutions.itms.scs.cloud.mqtt.outbox;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.store.Database;
import solutions.itms.scs.store.Durability;
import solutions.itms.scs.store.Statements;
import solutions.itms.scs.store.StoreException;
import solutions.itms.scs.store.Stores;

/**
 * The messages of an outbox, wherever they are: in the file or, while that takes none, in memory. Thread-safe; what a
 * housekeeper does is for one thread.
 */
final class Queue {
    private static final Logger LOG = LoggerFactory.getLogger(Queue.class);
    private static final int DELETE_AT = 500;
    private static final long WORTH_COMPACTING = 32L * 1024 * 1024;
    private static final int RUN_SHIFT = 32;
    private static final long OPEN_SECONDS = 30;

    private final String name;
    private final LongSupplier nanos;
    private final CurrentFile current;
    private final Overflow overflow;
    private final Confirmed confirmed = new Confirmed();
    private final Totals totals = new Totals();
    private final QueueReader reader;
    private final Sending sending;
    private final Eviction eviction;
    private final Alarm alarm;
    private final AtomicLong numbers = new AtomicLong();
    private final String runPrefix =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private volatile OutboxLimits limits;
    private volatile String filePrefix = runPrefix;
    private volatile long runningSince;

    Queue(Stores stores, String name, OutboxLimits limits, long memoryBytes, LongSupplier nanos) {
        this.name = name;
        this.limits = limits;
        this.nanos = nanos;
        this.runningSince = nanos.getAsLong();
        this.current = new CurrentFile(stores, name);
        this.overflow = new Overflow(memoryBytes);
        this.reader = new QueueReader(current, overflow, confirmed);
        this.sending = new Sending(reader);
        this.eviction = new Eviction(totals, sending, confirmed);
        this.alarm = new Alarm(name);
    }

    /** What a transaction has done: the key of the message, 0 if it was not kept, and what was dropped for it. */
    private record Added(long key, boolean refused, List<QueueFile.Victim> victims) {}

    Sending sending() {
        return sending;
    }

    OutboxLimits limits() {
        return limits;
    }

    OutboxLimits configure(OutboxLimits next) {
        OutboxLimits before = limits;
        limits = next;
        return before;
    }

    boolean awaitOpen(long patience, TimeUnit unit) throws InterruptedException {
        return current.await(patience, unit);
    }

    /** The public id. Numbers of before the file was opened belong to this run alone. */
    String id(long key, String source) {
        long number = Keys.numberOf(key);
        String prefix = number >>> RUN_SHIFT == 0 ? runPrefix : filePrefix;
        return prefix + "-" + number + (source.isEmpty() ? "" : "@" + source);
    }

    // --- taking messages ---------------------------------------------------------------------------------------------

    String add(Message message) throws OutboxException {
        awaitFile();
        Database file = current.get();
        if (file != null && overflow.isEmpty() && !current.isReplaced()) {
            try {
                return settled(file.call(statements -> insert(statements, message)), message);
            } catch (StoreException e) {
                if (e.kind() == StoreException.Kind.BUSY) {
                    throw new OutboxException(OutboxException.Kind.BUSY, String.valueOf(e.getMessage()));
                }
                if (e.kind() != StoreException.Kind.CLOSED) {
                    alarm.raise(e);
                }
            }
        }
        return keepInMemory(message);
    }

    private void awaitFile() throws OutboxException {
        try {
            current.await(OPEN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        requireOpen();
    }

    private void requireOpen() throws OutboxException {
        if (current.isClosed()) {
            throw new OutboxException(OutboxException.Kind.CLOSED, "the queue is closed");
        }
    }

    private Added insert(Statements statements, Message message) throws SQLException {
        int priority = Keys.priority(message.priority());
        long missing = totals.bytes() + message.size() - limits.maxBytes();
        List<QueueFile.Victim> victims = new ArrayList<>();
        if (missing > 0 && !eviction.makeRoom(statements, priority, missing, victims)) {
            boolean refused = priority == Keys.KEPT;
            QueueFile.countDropped(statements, victims.size() + (refused ? 0L : 1L));
            return new Added(0, refused, victims);
        }
        if (!victims.isEmpty()) {
            QueueFile.countDropped(statements, victims.size());
        }
        long key = Keys.key(priority, numbers.incrementAndGet());
        QueueFile.insert(statements, key, now(), message);
        return new Added(key, false, victims);
    }

    private String settled(Added added, Message message) throws OutboxException {
        dropped(added.victims());
        if (added.refused()) {
            throw full();
        }
        if (added.key() == 0) {
            countDropped(1);
            return id(numbers.incrementAndGet(), message.source());
        }
        totals.add(added.key(), message.size());
        if (overflow.isEmpty()) {
            sending.added(added.key());
        } else {
            sending.addedLate(added.key());
        }
        alarm.clear();
        return id(added.key(), message.source());
    }

    private String keepInMemory(Message message) throws OutboxException {
        requireOpen();
        long key = Keys.key(Keys.priority(message.priority()), numbers.incrementAndGet());
        int lost = overflow.add(key, message);
        if (lost < 0) {
            throw full();
        }
        countDropped(lost);
        sending.added(key);
        return id(key, message.source());
    }

    private void dropped(List<QueueFile.Victim> victims) {
        victims.forEach(victim -> totals.remove(victim.key(), victim.bytes()));
        countDropped(victims.size());
    }

    private void countDropped(int more) {
        if (more > 0) {
            totals.dropped(more);
            alarm.dropped(totals.dropped());
        }
    }

    private static OutboxException full() {
        return new OutboxException(
                OutboxException.Kind.FULL, "the queue is full, and nothing in it is less important than this message");
    }

    /** Forgets a message; whether so many wait for their deletion that it should be soon. */
    boolean confirmed(Sending.Sent sent) {
        if (overflow.remove(sent.key())) {
            return false;
        }
        int waiting = confirmed.add(sent.key());
        if (waiting > 0) {
            totals.remove(sent.key(), sent.bytes());
        }
        return waiting >= DELETE_AT;
    }

    void readFailed(IOException e) {
        Database file = current.get();
        alarm.raise(e);
        if (file != null && e instanceof StoreException store && store.kind() == StoreException.Kind.CORRUPT) {
            // met by the writer, the damage leads to a new file
            file.write(statements -> QueueFile.start(statements, 0));
        }
    }

    // --- housekeeping ------------------------------------------------------------------------------------------------

    void open() {
        try {
            current.open(limits.powerSafe() ? Durability.FULL : Durability.NORMAL, this::begin);
        } catch (StoreException e) {
            alarm.raise(e);
        } finally {
            current.attempted();
        }
    }

    private void begin(Database file) throws StoreException {
        QueueFile.Start start = file.call(statements -> QueueFile.start(statements, numbers.get() >>> RUN_SHIFT));
        filePrefix = start.prefix();
        numbers.accumulateAndGet(start.starts() << RUN_SHIFT, Math::max);
        totals.begin(start);
        if (!current.everOpened()) {
            runningSince -= TimeUnit.SECONDS.toNanos(start.lastAt());
        }
        for (int priority = 0; priority < Keys.PRIORITIES; priority++) {
            if (start.counts()[priority] > 0) {
                sending.added(start.lastKeys()[priority]);
            }
        }
        file.setAside().forEach(alarm::setAside);
    }

    /** Opens the file anew, as the limits say now. */
    void reopen() {
        if (!current.isClosed()) {
            deleteConfirmed();
            current.closeForNow();
            open();
        }
    }

    void deleteConfirmed() {
        Database file = current.get();
        List<Confirmed.Run> runs = file == null ? List.of() : confirmed.take();
        if (file == null || runs.isEmpty()) {
            return;
        }
        boolean deleted = false;
        try {
            file.call(statements -> delete(statements, runs));
            deleted = true;
        } catch (StoreException e) {
            alarm.raise(e);
        }
        confirmed.taken(deleted);
    }

    private static int delete(Statements statements, List<Confirmed.Run> runs) throws SQLException {
        int deleted = 0;
        for (Confirmed.Run run : runs) {
            deleted += QueueFile.delete(statements, run.first(), run.last());
        }
        return deleted;
    }

    /** Tries to bring everything to the disk: opens a file that could not be opened, and empties the memory. */
    void recover() {
        if (current.get() == null) {
            open();
        }
        Database file = current.get();
        if (file == null) {
            return;
        }
        try {
            if (current.isReplaced()) {
                startAnew(file);
            }
            if (!overflow.isEmpty()) {
                writeDown(file);
            }
            if (alarm.isRaised()) {
                file.call(statements -> QueueFile.countDropped(statements, 0));
                alarm.clear();
            }
        } catch (StoreException e) {
            alarm.raise(e);
        }
    }

    private void startAnew(Database file) throws StoreException {
        begin(file);
        confirmed.clear();
        for (Stored stored : sending.restart()) {
            overflow.add(stored.key(), stored.message());
        }
        current.replacementIsKnown();
    }

    private void writeDown(Database file) throws StoreException {
        List<Stored> all = overflow.all();
        file.call(statements -> insertAll(statements, all));
        for (Stored stored : all) {
            totals.add(stored.key(), stored.message().size());
            if (!overflow.remove(stored.key())) {
                // confirmed while it was being written
                totals.remove(stored.key(), stored.message().size());
                confirmed.add(stored.key());
            }
        }
        alarm.clear();
    }

    private int insertAll(Statements statements, List<Stored> all) throws SQLException {
        for (Stored stored : all) {
            QueueFile.delete(statements, stored.key(), stored.key());
            QueueFile.insert(statements, stored.key(), now(), stored.message());
        }
        return all.size();
    }

    /** Deletes what is older than it may become. The age is counted in time that the gateway runs. */
    void expire() {
        long oldest = now() - limits.maxAge().toSeconds();
        Database file = current.get();
        if (limits.maxAge().isZero() || file == null || oldest <= 0) {
            return;
        }
        try {
            dropped(file.call(statements -> eviction.expire(statements, oldest)));
        } catch (StoreException e) {
            alarm.raise(e);
        }
    }

    void compactIfWorthIt() {
        Database file = current.get();
        if (file == null || file.sizeOnDisk() < WORTH_COMPACTING || totals.bytes() > file.sizeOnDisk() / 8) {
            return;
        }
        try {
            file.compact();
        } catch (StoreException e) {
            LOG.debug("{} stays as large as it is", name, e);
        }
    }

    void close() {
        deleteConfirmed();
        recover();
        if (!overflow.isEmpty()) {
            LOG.error("{} messages of {} are lost: the disk did not take them", overflow.count(), name);
        }
        current.close();
    }

    // --- status ------------------------------------------------------------------------------------------------------

    /** Seconds that the gateway has run since the file was made. */
    private long now() {
        return TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong() - runningSince);
    }

    long oldestSeconds() {
        long now = now();
        return totals.count() == 0 ? 0 : now - reader.oldest(now);
    }

    long count() {
        return totals.count() + overflow.count();
    }

    long bytes() {
        return totals.bytes() + overflow.bytes();
    }

    long dropped() {
        return totals.dropped();
    }

    String alarm() {
        return alarm.words(overflow.count());
    }
}
