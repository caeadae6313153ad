package solutions.itms.scs.store;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Opens the databases of this gateway. Thread-safe. */
@ProviderType
public interface Stores {
    /** The directory that holds them; it may not exist yet. */
    Path directory();

    /**
     * Opens a database, makes it when there is none, and brings it to the newest schema. A damaged file is set aside
     * and a new one is made: see {@link Database#setAside()}.
     *
     * @param name file name without its ending; the caller is the only one that opens it
     * @param schema what the database holds
     * @param durability what a commit survives
     * @throws StoreException if the directory or the file can't be written; trying again later may succeed
     */
    Database open(String name, Schema schema, Durability durability) throws StoreException;

    /**
     * As {@link #open}, for a database that is kept elsewhere.
     *
     * @param file the file; its directory is made when there is none
     */
    Database openFile(Path file, Schema schema, Durability durability) throws StoreException;
}
