package solutions.itms.scs.cloud.mqtt.outbox;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.store.Database;
import solutions.itms.scs.store.Durability;
import solutions.itms.scs.store.FileStores;
import solutions.itms.scs.store.Schema;
import solutions.itms.scs.store.StoreException;
import solutions.itms.scs.store.Stores;

/** Real files, of which a test can get hold to make them full. */
final class CapturingStores implements Stores {
    private final FileStores stores;
    private volatile @Nullable Database last;
    private volatile @Nullable Durability durability;

    CapturingStores(Path directory) {
        stores = new FileStores(directory, Clock.systemUTC());
    }

    @Override
    public Path directory() {
        return stores.directory();
    }

    @Override
    public Database open(String name, Schema schema, Durability wanted) throws StoreException {
        return openFile(stores.directory().resolve(name + ".sqlite"), schema, wanted);
    }

    @Override
    public Database openFile(Path file, Schema schema, Durability wanted) throws StoreException {
        Database opened = stores.openFile(file, schema, wanted);
        last = opened;
        durability = wanted;
        return opened;
    }

    @Nullable
    Durability durability() {
        return durability;
    }

    /** Lets the file have no more pages than that, or any number again. */
    void limitPages(int pages) throws StoreException {
        Objects.requireNonNull(last).call(statements -> {
            try (ResultSet rows =
                    statements.get("PRAGMA max_page_count = " + pages).executeQuery()) {
                return rows.next();
            }
        });
    }

    int rows() throws StoreException {
        return Objects.requireNonNull(last).read(statements -> {
            try (ResultSet rows = statements.get("SELECT count(*) FROM message").executeQuery()) {
                return rows.getInt(1);
            }
        });
    }
}
