package solutions.itms.scs.ssh.logs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import solutions.itms.scs.store.Database;
import solutions.itms.scs.store.Durability;
import solutions.itms.scs.store.Schema;
import solutions.itms.scs.store.StoreException;
import solutions.itms.scs.store.Stores;

/**
 * What was fetched of the gates' logs: a compressed file for each, readable by its owner alone, and a table of how far each
 * has come. What the table counts is on the disk; what a file has beyond that is cut off. Thread-safe, with one thread a
 * gate.
 */
public final class LogStore implements AutoCloseable {
    private static final Schema SCHEMA = Schema.of("""
            CREATE TABLE log_file (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              gate TEXT NOT NULL,
              path TEXT NOT NULL,
              head TEXT NOT NULL,
              head_length INTEGER NOT NULL,
              fetched INTEGER NOT NULL,
              tail TEXT NOT NULL,
              tail_length INTEGER NOT NULL,
              size INTEGER NOT NULL,
              modified INTEGER NOT NULL,
              kept INTEGER NOT NULL,
              seen_ms INTEGER NOT NULL,
              changed_ms INTEGER NOT NULL
            )
            """, "CREATE INDEX log_file_gate ON log_file (gate, changed_ms)");

    private final Database database;
    private final Path folder;
    private final Clock clock;

    private LogStore(Database database, Path folder, Clock clock) {
        this.database = database;
        this.folder = folder;
        this.clock = clock;
    }

    /** Opens it, beside the databases. */
    public static LogStore open(Stores stores, Clock clock) throws IOException {
        Database database = stores.open("gate-logs", SCHEMA, Durability.FULL);
        Path folder = stores.directory().resolve("gate-logs");
        try {
            Files.createDirectories(folder);
            if (isPosix(folder)) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            return new LogStore(database, folder, clock);
        } catch (IOException e) {
            database.close();
            throw e;
        }
    }

    /** The files of a gate, those that changed last first. */
    List<KnownFile> of(String gate) throws StoreException {
        return database.read(statements -> {
            PreparedStatement query =
                    statements.get("SELECT * FROM log_file WHERE gate = ? ORDER BY changed_ms DESC, id DESC");
            query.setString(1, gate);
            return rows(query);
        });
    }

    /** Notes a file that is not known yet, with nothing fetched. */
    KnownFile add(String gate, RemoteFiles.Entry file, String head, int headLength) throws StoreException {
        long now = clock.millis();
        long id = database.call(statements -> {
            PreparedStatement insert =
                    statements.get("INSERT INTO log_file (gate, path, head, head_length, fetched, tail,"
                            + " tail_length, size, modified, kept, seen_ms, changed_ms) VALUES (?, ?, ?, ?, 0, '', 0, -1, 0, 0, ?, ?)"
                            + " RETURNING id");
            insert.setString(1, gate);
            insert.setString(2, file.path());
            insert.setString(3, head);
            insert.setInt(4, headLength);
            insert.setLong(5, now);
            insert.setLong(6, now);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
        return new KnownFile(id, file.path(), head, headLength, 0, "", 0, -1, 0, 0, now, now);
    }

    /** Notes how far a file has come. What it counts must be on the disk. */
    void update(KnownFile file) throws StoreException {
        database.call(statements -> {
            PreparedStatement update = statements.get(
                    "UPDATE log_file SET path = ?, head = ?, head_length = ?, fetched = ?,"
                            + " tail = ?, tail_length = ?, size = ?, modified = ?, kept = ?, seen_ms = ?, changed_ms = ? WHERE id = ?");
            update.setString(1, file.path());
            update.setString(2, file.head());
            update.setInt(3, file.headLength());
            update.setLong(4, file.fetched());
            update.setString(5, file.tail());
            update.setInt(6, file.tailLength());
            update.setLong(7, file.size());
            update.setLong(8, file.modified());
            update.setLong(9, file.kept());
            update.setLong(10, file.seenAt());
            update.setLong(11, file.changedAt());
            update.setLong(12, file.id());
            return update.executeUpdate();
        });
    }

    /** The local file, to be appended to: whatever it has beyond what counts is cut off. */
    FileChannel append(KnownFile file) throws IOException {
        Path path = path(file.id());
        FileChannel channel = isPosix(folder)
                ? FileChannel.open(
                        path,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(file.kept());
        channel.position(channel.size());
        return channel;
    }

    /** What is kept of a file, as it was written, masked. */
    InputStream content(KnownFile file) throws IOException {
        InputStream in = Channels.newInputStream(FileChannel.open(path(file.id()), StandardOpenOption.READ));
        return new GZIPInputStream(new Counted(in, file.kept()), 64 * 1024);
    }

    /** Bytes that all files take. */
    public long size() throws StoreException {
        return database.read(statements -> {
            try (ResultSet row = statements
                    .get("SELECT coalesce(sum(kept), 0) FROM log_file")
                    .executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /**
     * Deletes what is older than that, and then the oldest until the rest fits. A file that the gate still has stays in
     * the table, so that it is not fetched again.
     */
    public void tidy(Duration age, long quota) throws IOException {
        long oldest = clock.millis() - age.toMillis();
        long size = size();
        for (KnownFile file : oldestFirst()) {
            if (file.changedAt() >= oldest && size <= quota) {
                break;
            }
            Files.deleteIfExists(path(file.id()));
            size -= file.kept();
            forgetContent(file, file.seenAt() < oldest);
        }
    }

    @Override
    public void close() {
        database.close();
    }

    private void forgetContent(KnownFile file, boolean row) throws StoreException {
        database.call(statements -> {
            PreparedStatement change = statements.get(
                    row ? "DELETE FROM log_file WHERE id = ?" : "UPDATE log_file SET kept = 0 WHERE id = ?");
            change.setLong(1, file.id());
            return change.executeUpdate();
        });
    }

    private List<KnownFile> oldestFirst() throws StoreException {
        return database.read(statements -> rows(statements.get("SELECT * FROM log_file ORDER BY changed_ms, id")));
    }

    private static List<KnownFile> rows(PreparedStatement query) throws SQLException {
        List<KnownFile> files = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                files.add(new KnownFile(
                        rows.getLong("id"),
                        rows.getString("path"),
                        rows.getString("head"),
                        rows.getInt("head_length"),
                        rows.getLong("fetched"),
                        rows.getString("tail"),
                        rows.getInt("tail_length"),
                        rows.getLong("size"),
                        rows.getLong("modified"),
                        rows.getLong("kept"),
                        rows.getLong("seen_ms"),
                        rows.getLong("changed_ms")));
            }
        }
        return files;
    }

    private Path path(long id) {
        return folder.resolve(id + ".log.gz");
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** The first so many bytes of a stream. */
    private static final class Counted extends java.io.FilterInputStream {
        private long left;

        Counted(InputStream in, long count) {
            super(in);
            left = count;
        }

        @Override
        public int read() throws IOException {
            int b = left > 0 ? super.read() : -1;
            left -= b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int read = left > 0 ? super.read(bytes, from, (int) Math.min(count, left)) : -1;
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public int available() throws IOException {
            // tells the decompressor whether another member follows
            return (int) Math.min(left, Math.max(super.available(), left > 0 ? 1 : 0));
        }
    }
}
