package solutions.itms.scs.store;

import java.nio.file.Path;
import java.time.Clock;

/** The databases in one directory. */
public final class FileStores implements Stores {
    private final Path directory;
    private final Clock clock;

    /**
     * @param directory holds the files; made when the first one is opened
     * @param clock names the files that are set aside
     */
    public FileStores(Path directory, Clock clock) {
        this.directory = directory.toAbsolutePath().normalize();
        this.clock = clock;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Database open(String name, Schema schema, Durability durability) throws StoreException {
        return openFile(directory.resolve(name + ".sqlite"), schema, durability);
    }

    @Override
    public Database openFile(Path file, Schema schema, Durability durability) throws StoreException {
        return Database.open(new DatabaseFile(file.toAbsolutePath().normalize(), schema, durability, clock));
    }
}
