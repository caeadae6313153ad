package solutions.itms.scs.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open database: one writer at a time, which commits whatever is waiting in one transaction, and a connection for
 * reading. Thread-safe.
 *
 * <p>A future of {@link #write} completes after the commit, in the order of the commits, on a thread that commits: what
 * hangs on it must not block. Nobody else can write meanwhile, unless the database has {@link #answering}.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** Transactions that may wait; more are refused with {@link StoreException.Kind#BUSY}. */
    private static final int MAX_WAITING = 20_000;

    private static final int MAX_GROUP = 1_000;

    private final DatabaseFile file;
    private final BlockingQueue<Work<?>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final List<Path> asides = new ArrayList<>();
    private final Thread writer;
    private final Semaphore work = new Semaphore(0);
    private final Answers answers = new Answers();
    private final ReentrantLock writeLock = new ReentrantLock();
    private final Object readLock = new Object();
    private final ThreadLocal<@Nullable Boolean> gathering = new ThreadLocal<>();
    private volatile boolean closing;
    private volatile Runnable onReset = () -> {};
    private Statements writing;
    private @Nullable Statements reading;

    private Database(DatabaseFile file, Statements writing) {
        this.file = file;
        this.writing = writing;
        this.writer = new Thread(this::runWriter, "scs-store-" + file.path().getFileName());
    }

    static Database open(DatabaseFile file) throws StoreException {
        List<Path> asides = new ArrayList<>();
        Connection connection;
        try {
            connection = file.open();
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.CORRUPT) {
                throw e;
            }
            connection = replace(file, asides, e);
        }
        Database database = new Database(file, new Statements(connection));
        database.asides.addAll(asides);
        database.writer.setDaemon(true);
        database.writer.start();
        return database;
    }

    /** The damaged files that were set aside since this database was opened, oldest first. */
    public List<Path> setAside() {
        synchronized (asides) {
            return List.copyOf(asides);
        }
    }

    /**
     * Called, on the writer thread, whenever a damaged file was replaced by an empty one while in use; the owner may
     * write again what it still knows.
     */
    public void onReset(Runnable callback) {
        onReset = callback;
    }

    /**
     * Called with what completes the futures of one group: runs it, and may gather what hangs on them, to be done
     * together. Others may write meanwhile. To be set before the first write.
     */
    public void answering(Consumer<Runnable> around) {
        answers.gather(around);
    }

    /**
     * Runs a transaction and commits it, together with the others that wait.
     *
     * @return completes after the commit with what the transaction yielded, or with a {@link StoreException}
     */
    public <T> CompletableFuture<T> write(Transaction<T> transaction) {
        Work<T> work = new Work<>(transaction);
        offer(work);
        return work.result;
    }

    /**
     * Runs a transaction and returns after its commit, with what it yielded. On an idle database the calling thread
     * commits by itself, which saves two changes of threads; else it waits for the group that takes it along.
     */
    public <T> T call(Transaction<T> transaction) throws StoreException {
        Work<T> own = new Work<>(transaction);
        if (writeLock.tryLock()) {
            try {
                commitWaitingAnd(own);
            } finally {
                unlock();
            }
        } else {
            offer(own);
            // also when this thread is to commit what it offers later, but waits for this now
            work.release();
        }
        try {
            return own.result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StoreException cause
                    ? cause
                    : new StoreException(StoreException.Kind.FAILED, String.valueOf(e.getCause()), e);
        }
    }

    /**
     * Runs what offers transactions, then commits them on the calling thread, together with the others that wait: a thread
     * with many to offer spares the change to the writer and back. Blocks for two commits at most. When another thread
     * waits for its turn already, that one takes them along, and this returns at once.
     */
    public void together(Runnable source) {
        gathering.set(true);
        try {
            source.run();
        } finally {
            gathering.remove();
            if (!waiting.isEmpty() && !writeLock.hasQueuedThreads()) {
                commitWaiting();
            }
        }
    }

    /** Commits one group of what waits. */
    private void commitWaiting() {
        writeLock.lock();
        try {
            // who is about to offer something comes along: each commit waits for the disk, and so would the others
            Thread.yield();
            List<Work<?>> group = new ArrayList<>();
            if (waiting.drainTo(group, MAX_GROUP) > 0) {
                commitSafely(group);
            }
        } finally {
            unlock();
        }
    }

    /** Whoever waited for the lock took along what was offered meanwhile; what came later is left to the writer. */
    private void unlock() {
        writeLock.unlock();
        if (!waiting.isEmpty()) {
            work.release();
        }
        if (!writeLock.isHeldByCurrentThread()) {
            answers.tell();
        }
    }

    /**
     * Gives the space of what was deleted back to the disk. Takes as long as it takes to copy what is left, and needs
     * that much room; nothing can be written meanwhile.
     */
    public void compact() throws StoreException {
        writeLock.lock();
        try {
            synchronized (readLock) {
                if (closing) {
                    throw closed();
                }
                closeReader();
                writing.forget();
                DatabaseFile.compact(writing.connection());
            }
        } catch (SQLException e) {
            throw StoreException.from(e);
        } finally {
            unlock();
        }
    }

    /** Bytes that the file and its log take on the disk. */
    public long sizeOnDisk() {
        return file.size();
    }

    private void offer(Work<?> offered) {
        if (closing) {
            offered.refuse(closed());
        } else if (!waiting.offer(offered)) {
            offered.refuse(new StoreException(
                    StoreException.Kind.BUSY, MAX_WAITING + " transactions wait for " + file.path()));
        } else if (closing && waiting.remove(offered)) {
            // the writer may have looked for the last time before this was offered
            offered.refuse(closed());
        } else if (gathering.get() == null) {
            work.release();
        }
    }

    private StoreException closed() {
        return new StoreException(StoreException.Kind.CLOSED, file.path() + " is closed");
    }

    /** Commits what waits and then, or with it, one's own; under the write lock. */
    private void commitWaitingAnd(Work<?> own) {
        if (closing) {
            own.refuse(closed());
            return;
        }
        List<Work<?>> group = new ArrayList<>();
        while (waiting.size() >= MAX_GROUP) {
            waiting.drainTo(group, MAX_GROUP);
            commitSafely(group);
            group.clear();
        }
        waiting.drainTo(group, MAX_GROUP - 1);
        group.add(own);
        commitSafely(group);
    }

    /** Reads what has been committed. */
    public <T> T read(Transaction<T> query) throws StoreException {
        synchronized (readLock) {
            if (closing) {
                throw closed();
            }
            try {
                if (reading == null) {
                    reading = new Statements(file.openReader());
                }
                return query.run(reading);
            } catch (SQLException e) {
                if (reading != null) {
                    reading.forget();
                }
                throw StoreException.from(e);
            }
        }
    }

    /** Commits what is waiting, then closes the file. */
    @Override
    public void close() {
        closing = true;
        work.release();
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        writeLock.lock();
        try {
            closeReader();
            DatabaseFile.closeQuietly(writing.connection());
        } finally {
            writeLock.unlock();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeReader() {
        synchronized (readLock) {
            if (reading != null) {
                DatabaseFile.closeQuietly(reading.connection());
                reading = null;
            }
        }
    }

    private void runWriter() {
        while (!closing || !waiting.isEmpty()) {
            work.acquireUninterruptibly();
            work.drainPermits();
            while (!waiting.isEmpty()) {
                commitWaiting();
            }
        }
    }

    private void commitSafely(List<Work<?>> group) {
        try {
            commit(group);
        } catch (RuntimeException | Error e) {
            LOG.error("The writer of {} failed", file.path(), e);
            group.forEach(work -> work.failed(e));
        }
        answers.add(List.copyOf(group));
    }

    private void commit(List<Work<?>> group) {
        try {
            runAll(group);
        } catch (SQLException | RuntimeException e) {
            rollback();
            if ((isCorrupt(e) && startAnew((SQLException) e)) || group.size() > 1) {
                commitEach(group);
            } else {
                group.forEach(work -> work.failed(wrap(e)));
            }
        }
    }

    /** One has failed: each is tried alone, so that it fails alone. */
    private void commitEach(List<Work<?>> group) {
        for (Work<?> work : group) {
            try {
                runAll(List.of(work));
            } catch (SQLException | RuntimeException e) {
                rollback();
                work.failed(wrap(e));
            }
        }
    }

    private void runAll(List<Work<?>> group) throws SQLException {
        for (Work<?> work : group) {
            work.run(writing);
        }
        writing.connection().commit();
    }

    private void rollback() {
        writing.forget();
        try {
            writing.connection().rollback();
        } catch (SQLException e) {
            begin();
        }
    }

    /**
     * On a full disk SQLite rolls back by itself; the driver then finds nothing to roll back, and begins no next
     * transaction, without which every statement would commit alone.
     */
    private void begin() {
        try (Statement statement = writing.connection().createStatement()) {
            statement.execute("BEGIN");
        } catch (SQLException e) {
            LOG.debug("No transaction can be begun in {}", file.path(), e);
        }
    }

    private static boolean isCorrupt(Exception e) {
        return e instanceof SQLException sql && StoreException.from(sql).kind() == StoreException.Kind.CORRUPT;
    }

    private static Exception wrap(Exception e) {
        return e instanceof SQLException sql ? StoreException.from(sql) : e;
    }

    private boolean startAnew(SQLException cause) {
        synchronized (readLock) {
            closeReader();
            DatabaseFile.closeQuietly(writing.connection());
            try {
                List<Path> fresh = new ArrayList<>();
                writing = new Statements(replace(file, fresh, StoreException.from(cause)));
                synchronized (asides) {
                    asides.addAll(fresh);
                }
            } catch (StoreException e) {
                LOG.error("{} is damaged and could not be replaced", file.path(), e);
                return false;
            }
        }
        onReset.run();
        return true;
    }

    private static Connection replace(DatabaseFile file, List<Path> asides, StoreException cause)
            throws StoreException {
        Path aside = file.setAside();
        asides.add(aside);
        LOG.error(
                "{} is damaged ({}); it is kept as {} and a new one is begun", file.path(), cause.getMessage(), aside);
        return file.open();
    }
}
