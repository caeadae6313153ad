package solutions.itms.scs.station;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.store.Database;
import solutions.itms.scs.store.Durability;
import solutions.itms.scs.store.Statements;
import solutions.itms.scs.store.StoreException;
import solutions.itms.scs.store.Stores;
import solutions.itms.scs.store.Transaction;

/** The station's database, which may have to be waited for: until it is open, writes are refused. Thread-safe. */
final class StationDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StationDatabase.class);

    /** Keeps in memory what the database holds. */
    interface Resident {
        /** Takes over what the database holds. Called before the first write. */
        void load(Statements statements) throws SQLException;

        /** The database is empty again: what is known is to be written once more. Must not block. */
        void databaseWasReset();
    }

    /** The database is not open. Carries no stack: it is an answer, not a fault. */
    static final class NotOpen extends Exception {
        private static final long serialVersionUID = 1L;

        NotOpen(String why) {
            super(why, null, false, false);
        }
    }

    /** Where it is kept unless somebody wants it elsewhere, in the directory of the databases. */
    static final String STANDARD_NAME = "station.sqlite";

    private final Stores stores;
    private final Path file;
    private final Alarms alarms;
    private final List<Resident> residents = new CopyOnWriteArrayList<>();
    private volatile @Nullable Database database;
    private volatile String problem = "not opened yet";
    private volatile boolean failing;

    StationDatabase(Stores stores, Path file, Alarms alarms) {
        this.stores = stores;
        this.file = file;
        this.alarms = alarms;
    }

    /** To be called before {@link #open}. */
    void add(Resident resident) {
        residents.add(resident);
    }

    /** Opens the database and hands over what it holds, unless that is done; false when it can't be opened now. */
    synchronized boolean open() {
        if (database != null) {
            return true;
        }
        try {
            Database opened = stores.openFile(file, StationSchema.SCHEMA, Durability.FULL);
            load(opened);
            opened.answering(source -> GroupingExecutor.collect(source, opened::together));
            opened.onReset(() -> residents.forEach(Resident::databaseWasReset));
            database = opened;
            problem = "";
            alarms.clear(AlarmKind.STORAGE, "");
            findSetAside();
            return true;
        } catch (StoreException e) {
            if (!problem.equals(e.getMessage())) {
                alarms.clear(AlarmKind.STORAGE, "");
                alarms.raise(
                        AlarmKind.STORAGE,
                        "",
                        "the database can't be opened, changes are refused until it can: " + e.getMessage());
            }
            problem = String.valueOf(e.getMessage());
            return false;
        }
    }

    boolean isOpen() {
        return database != null;
    }

    /**
     * Runs a transaction and commits it.
     *
     * @return completes after the commit, or with a {@link NotOpen} or {@link StoreException}
     */
    <T> CompletableFuture<T> write(Transaction<T> transaction) {
        Database open = database;
        if (open == null) {
            return CompletableFuture.failedFuture(new NotOpen(problem));
        }
        return open.write(transaction).whenComplete((done, failure) -> note(failure));
    }

    /** Reads what has been committed; blocks. */
    <T> T read(Transaction<T> query) throws StoreException, NotOpen {
        Database open = database;
        if (open == null) {
            throw new NotOpen(problem);
        }
        return open.read(query);
    }

    /** Commits what is waiting, and closes. */
    @Override
    public synchronized void close() {
        if (database != null) {
            database.close();
            database = null;
            problem = "stopped";
        }
    }

    /** Looks for damaged files that were replaced; the alarm stays until somebody has taken them away. */
    void findSetAside() {
        Path directory = file.toAbsolutePath().getParent();
        String prefix = file.getFileName() + ".corrupt-";
        try (Stream<Path> files = Files.list(directory)) {
            List<String> aside = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith(prefix) && !name.endsWith("-wal") && !name.endsWith("-shm"))
                    .sorted()
                    .toList();
            if (aside.isEmpty()) {
                alarms.clear(AlarmKind.STORAGE_SET_ASIDE, "");
            } else if (!alarms.isRaised(AlarmKind.STORAGE_SET_ASIDE, "")) {
                String names = String.join(", ", aside.subList(0, Math.min(3, aside.size())));
                alarms.raise(
                        AlarmKind.STORAGE_SET_ASIDE, "", "a damaged database was replaced, and is kept as " + names);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("{} can't be listed", directory, e);
        }
    }

    private void note(@Nullable Throwable failure) {
        if (failure == null) {
            if (failing) {
                failing = false;
                alarms.clear(AlarmKind.STORAGE, "");
            }
        } else if (!failing && failure instanceof StoreException e && e.kind() != StoreException.Kind.CLOSED) {
            failing = true;
            alarms.raise(AlarmKind.STORAGE, "", "changes can't be written and are refused: " + e.getMessage());
        }
    }

    private void load(Database opened) throws StoreException {
        try {
            opened.read(statements -> {
                for (Resident resident : residents) {
                    resident.load(statements);
                }
                return residents;
            });
        } catch (StoreException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }
}
