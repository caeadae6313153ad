package solutions.itms.scs.artifact;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.artifact.ArtifactException;
import solutions.itms.scs.api.artifact.ArtifactInfo;
import solutions.itms.scs.api.artifact.ArtifactReference;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.store.Database;
import solutions.itms.scs.store.Durability;
import solutions.itms.scs.store.Schema;
import solutions.itms.scs.store.Statements;
import solutions.itms.scs.store.StoreException;
import solutions.itms.scs.store.Stores;

/**
 * The files of this gateway that the server does not have: each a file in one folder, and a row. A file that was finished
 * outlives a power cut. Thread-safe.
 */
final class Spool implements AutoCloseable {
    /** Room on the disk that is left to others. */
    static final long RESERVE = 64L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final int ID_BYTES = 16;
    private static final String DRAFT = ".part";
    private static final Schema SCHEMA = Schema.of(
            "CREATE TABLE file(position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
                    + " media_type TEXT NOT NULL, kind TEXT NOT NULL, device TEXT NOT NULL, command TEXT,"
                    + " size INTEGER NOT NULL, sha256 TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT");

    private final Path folder;
    private final Database database;
    private final Supplier<Settings> settings;
    private final LongSupplier room;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Object lock = new Object();
    /** Bytes of all files and drafts. */
    private long used;

    private int files;

    private Spool(Path folder, Database database, Supplier<Settings> settings, LongSupplier room, Clock clock) {
        this.folder = folder;
        this.database = database;
        this.settings = settings;
        this.room = room;
        this.clock = clock;
    }

    /** Opens the spool and takes away what was not finished. */
    static Spool open(Stores stores, Supplier<Settings> settings, Clock clock) throws IOException {
        Path folder = stores.directory().resolve("artifacts");
        Files.createDirectories(folder);
        return open(stores, settings, clock, () -> folder.toFile().getUsableSpace());
    }

    /** @param room bytes that are free on the disk */
    static Spool open(Stores stores, Supplier<Settings> settings, Clock clock, LongSupplier room) throws IOException {
        Path folder = stores.directory().resolve("artifacts");
        Files.createDirectories(folder);
        Spool spool = new Spool(folder, stores.open("artifacts", SCHEMA, Durability.FULL), settings, room, clock);
        spool.tidy();
        return spool;
    }

    private void tidy() throws IOException {
        Set<String> known = new HashSet<>();
        for (SpooledFile file : all()) {
            if (Files.exists(path(file)) && Files.size(path(file)) == file.size()) {
                known.add(file.id());
                used += file.size();
                files++;
            } else {
                LOG.error("The file {} is gone before the server had it", file.name());
                forget(file.id());
            }
        }
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
            for (Path path : paths) {
                if (!known.contains(path.getFileName().toString())) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    /** Begins a file. */
    Draft draft(ArtifactInfo info, Runnable finished) throws ArtifactException {
        synchronized (lock) {
            if (files >= settings.get().files()) {
                throw new ArtifactException(
                        FailureCode.UNAVAILABLE, files + " files wait for the server already; no more are taken");
            }
            files++;
        }
        String id = newId();
        try {
            requireRoom(0);
            FileChannel channel = FileChannel.open(
                    folder.resolve(id + DRAFT), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new Draft(this, id, info, channel, finished);
        } catch (IOException e) {
            synchronized (lock) {
                files--;
            }
            throw e instanceof ArtifactException full ? full : disk(e);
        }
    }

    static ArtifactException disk(IOException e) {
        String reason = String.valueOf(e.getMessage());
        boolean full = reason.contains("No space left") || reason.contains("quota exceeded");
        return new ArtifactException(
                FailureCode.UNAVAILABLE,
                full ? "the gateway's disk is full" : "the gateway's disk does not take the file",
                e);
    }

    /** Takes room for more bytes of a file that has some already. */
    void reserve(long has, int more) throws ArtifactException {
        Settings now = settings.get();
        if (has + more > now.fileBytes()) {
            throw new ArtifactException(
                    FailureCode.UNAVAILABLE, "the file is larger than the " + now.fileBytes() + " bytes allowed here");
        }
        requireRoom(more);
        synchronized (lock) {
            if (used + more > now.spoolBytes()) {
                throw new ArtifactException(
                        FailureCode.UNAVAILABLE,
                        "the files that wait for the server have the " + now.spoolBytes() + " bytes allowed together");
            }
            used += more;
        }
    }

    private void requireRoom(int more) throws ArtifactException {
        if (room.getAsLong() - more < RESERVE) {
            throw new ArtifactException(FailureCode.UNAVAILABLE, "the gateway's disk is full");
        }
    }

    /** The draft is whole and on the disk. */
    ArtifactReference finish(String id, ArtifactInfo info, long size, String sha256) throws IOException {
        Files.move(folder.resolve(id + DRAFT), folder.resolve(id), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
        insert(id, info, size, sha256);
        return new ArtifactReference(id, info.name(), info.mediaType(), size, sha256);
    }

    private void insert(String id, ArtifactInfo info, long size, String sha256) throws StoreException {
        database.call(statements -> {
            PreparedStatement insert = statements.get(
                    "INSERT INTO file(id, name, media_type, kind, device, command, size, sha256, created_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
            insert.setString(1, id);
            insert.setString(2, info.name());
            insert.setString(3, info.mediaType());
            insert.setString(4, info.kind().text());
            insert.setString(5, info.device());
            insert.setString(6, info.command());
            insert.setLong(7, size);
            insert.setString(8, sha256);
            insert.setLong(9, clock.millis());
            return insert.executeUpdate();
        });
    }

    /** The draft is not wanted. */
    void discard(String id, long size) {
        delete(folder.resolve(id + DRAFT));
        delete(folder.resolve(id));
        release(size);
    }

    /** All files that wait, oldest first. */
    List<SpooledFile> all() throws StoreException {
        return database.read(statements -> read(statements.get("SELECT * FROM file ORDER BY position")));
    }

    Optional<SpooledFile> find(String id) throws StoreException {
        return database.read(statements -> {
            PreparedStatement query = statements.get("SELECT * FROM file WHERE id = ?");
            query.setString(1, id);
            return read(query).stream().findFirst();
        });
    }

    Path path(SpooledFile file) {
        return folder.resolve(file.id());
    }

    /** The server has it, or it is given up. @return false when it was gone already */
    boolean remove(SpooledFile file) throws StoreException {
        if (forget(file.id()) == 0) {
            return false;
        }
        delete(path(file));
        release(file.size());
        return true;
    }

    private int forget(String id) throws StoreException {
        return database.call(statements -> forget(statements, id));
    }

    private static int forget(Statements statements, String id) throws SQLException {
        PreparedStatement delete = statements.get("DELETE FROM file WHERE id = ?");
        delete.setString(1, id);
        return delete.executeUpdate();
    }

    private void release(long size) {
        synchronized (lock) {
            used -= size;
            files--;
        }
    }

    long usedBytes() {
        synchronized (lock) {
            return used;
        }
    }

    @Override
    public void close() {
        database.close();
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("A file that is not needed stays until the next start: {}", e.getMessage());
        }
    }

    private static List<SpooledFile> read(PreparedStatement query) throws SQLException {
        List<SpooledFile> files = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                files.add(file(rows));
            }
        }
        return files;
    }

    private static SpooledFile file(ResultSet row) throws SQLException {
        @Nullable String command = row.getString("command");
        return new SpooledFile(
                row.getLong("position"),
                row.getString("id"),
                row.getString("name"),
                row.getString("media_type"),
                row.getString("kind"),
                row.getString("device"),
                command,
                row.getLong("size"),
                row.getString("sha256"),
                row.getLong("created_at"));
    }
}
