package solutions.itms.scs.cloud.mqtt.outbox;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.store.Database;
import solutions.itms.scs.store.Durability;
import solutions.itms.scs.store.StoreException;
import solutions.itms.scs.store.Stores;

/** The file of a queue, as long as it is open. Thread-safe; opening and closing are for one thread. */
final class CurrentFile {
    private final Stores stores;
    private final String name;
    private volatile @Nullable Database database;
    private volatile CountDownLatch opened = new CountDownLatch(1);
    private volatile boolean everOpened;
    private volatile boolean replaced;
    private volatile boolean closed;

    CurrentFile(Stores stores, String name) {
        this.stores = stores;
        this.name = name;
    }

    /** What is to be done with a file before anybody else uses it. */
    interface Preparation {
        void prepare(Database opened) throws StoreException;
    }

    void open(Durability durability, Preparation preparation) throws StoreException {
        if (closed || database != null) {
            return;
        }
        Database file = stores.open(name, QueueFile.SCHEMA, durability);
        file.onReset(() -> replaced = true);
        try {
            preparation.prepare(file);
        } catch (StoreException | RuntimeException e) {
            file.close();
            throw e;
        }
        everOpened = true;
        database = file;
    }

    /** Whoever waits for the file need not wait any longer, whether it is open or not. */
    void attempted() {
        opened.countDown();
    }

    /** Closes it to be opened again soon; whoever needs it waits meanwhile. */
    void closeForNow() {
        Database file = database;
        opened = new CountDownLatch(1);
        database = null;
        if (file != null) {
            file.close();
        }
    }

    void close() {
        closed = true;
        Database file = database;
        database = null;
        opened.countDown();
        if (file != null) {
            file.close();
        }
    }

    /** Returns when it is open, or could not be opened; false if that takes longer. */
    boolean await(long patience, TimeUnit unit) throws InterruptedException {
        return opened.await(patience, unit);
    }

    /** Null while it is not open. */
    @Nullable
    Database get() {
        return database;
    }

    /** Null before the first opening, when nobody knows of anything in it. */
    @Nullable
    Database forReading() throws IOException {
        Database file = database;
        if (file == null && everOpened) {
            throw new IOException("the queue is being opened again");
        }
        return file;
    }

    boolean everOpened() {
        return everOpened;
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether a damaged file was replaced by an empty one that nobody has begun to use. */
    boolean isReplaced() {
        return replaced;
    }

    void replacementIsKnown() {
        replaced = false;
    }
}
