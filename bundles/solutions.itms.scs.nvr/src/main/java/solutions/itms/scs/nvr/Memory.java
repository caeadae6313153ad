package solutions.itms.scs.nvr;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.onvif.watch.CertificateMemory;
import solutions.itms.scs.store.Database;
import solutions.itms.scs.store.Durability;
import solutions.itms.scs.store.Schema;
import solutions.itms.scs.store.StoreException;
import solutions.itms.scs.store.Stores;

/**
 * What is kept over restarts: the first certificate that each recorder showed, the numbers of its channels, and what came
 * of each export. Thread-safe.
 */
final class Memory implements CertificateMemory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Memory.class);
    private static final Duration KEPT = Duration.ofDays(14);
    private static final Schema SCHEMA = Schema.of(
            "CREATE TABLE certificate (recorder TEXT PRIMARY KEY, fingerprint TEXT NOT NULL) WITHOUT ROWID",
            "CREATE TABLE channel (recorder TEXT, recording TEXT, number INTEGER NOT NULL, name TEXT NOT NULL,"
                    + " PRIMARY KEY (recorder, recording)) WITHOUT ROWID",
            "CREATE TABLE export (command TEXT PRIMARY KEY, begun INTEGER NOT NULL, result BLOB) WITHOUT ROWID");

    private final Map<String, String> certificates = new ConcurrentHashMap<>();
    private final Map<String, List<Known>> channels = new ConcurrentHashMap<>();
    private final Map<String, Export> exports = new ConcurrentHashMap<>();
    private @Nullable Database database;

    /** A channel as it was seen. */
    record Known(String recording, int number, String name) {}

    /** An export. @param result null while it was never finished */
    record Export(Instant begun, byte @Nullable [] result) {}

    /** Kept in memory alone when the database can't be opened. */
    static Memory open(Stores stores) {
        Memory memory = new Memory();
        try {
            Database opened = stores.open("recorders", SCHEMA, Durability.FULL);
            memory.database = opened;
            opened.read(statements -> {
                try (ResultSet rows = statements
                        .get("SELECT recorder, fingerprint FROM certificate")
                        .executeQuery()) {
                    while (rows.next()) {
                        memory.certificates.put(rows.getString(1), rows.getString(2));
                    }
                }
                try (ResultSet rows = statements
                        .get("SELECT recorder, recording, number, name FROM channel ORDER BY number")
                        .executeQuery()) {
                    while (rows.next()) {
                        memory.channels
                                .computeIfAbsent(rows.getString(1), id -> new ArrayList<>())
                                .add(new Known(rows.getString(2), rows.getInt(3), rows.getString(4)));
                    }
                }
                try (ResultSet rows = statements
                        .get("SELECT command, begun, result FROM export")
                        .executeQuery()) {
                    while (rows.next()) {
                        memory.exports.put(
                                rows.getString(1), new Export(Instant.ofEpochMilli(rows.getLong(2)), rows.getBytes(3)));
                    }
                }
                return memory;
            });
        } catch (StoreException e) {
            LOG.error("Channels of recorders are not kept: {}", e.getMessage());
        }
        return memory;
    }

    /** Kept in memory alone. */
    static Memory inMemory() {
        return new Memory();
    }

    @Override
    public Optional<String> certificate(String recorder) {
        return Optional.ofNullable(certificates.get(recorder));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it is pinned in memory; the next start may pin it anew
    @Override
    public void pin(String recorder, String fingerprint) {
        certificates.put(recorder, fingerprint);
        Database kept = database;
        if (kept != null) {
            kept.write(statements -> {
                PreparedStatement insert = statements.get("INSERT OR REPLACE INTO certificate VALUES (?, ?)");
                insert.setString(1, recorder);
                insert.setString(2, fingerprint);
                return insert.executeUpdate();
            });
        }
    }

    /** The channels of a recorder that were seen, by their numbers. */
    List<Known> channels(String recorder) {
        return List.copyOf(channels.getOrDefault(recorder, List.of()));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // known in memory; the next start may number it anew
    void channels(String recorder, List<Known> all) {
        channels.put(recorder, List.copyOf(all));
        Database kept = database;
        if (kept != null) {
            kept.write(statements -> {
                PreparedStatement delete = statements.get("DELETE FROM channel WHERE recorder = ?");
                delete.setString(1, recorder);
                delete.executeUpdate();
                PreparedStatement insert = statements.get("INSERT OR REPLACE INTO channel VALUES (?, ?, ?, ?)");
                for (Known each : all) {
                    insert.setString(1, recorder);
                    insert.setString(2, each.recording());
                    insert.setInt(3, each.number());
                    insert.setString(4, each.name());
                    insert.executeUpdate();
                }
                return all.size();
            });
        }
    }

    /** What came of a command before; empty when it never came. */
    Optional<Export> export(String command) {
        return Optional.ofNullable(exports.get(command));
    }

    /** Remembers that an export begins, or what came of it. Returns when it is on the disk. */
    void export(String command, Export export) throws StoreException {
        Instant oldest = export.begun().minus(KEPT);
        exports.values().removeIf(old -> old.begun().isBefore(oldest));
        Database kept = database;
        if (kept != null) {
            kept.call(statements -> {
                PreparedStatement delete = statements.get("DELETE FROM export WHERE begun < ?");
                delete.setLong(1, oldest.toEpochMilli());
                delete.executeUpdate();
                PreparedStatement insert = statements.get("INSERT OR REPLACE INTO export VALUES (?, ?, ?)");
                insert.setString(1, command);
                insert.setLong(2, export.begun().toEpochMilli());
                insert.setBytes(3, export.result());
                return insert.executeUpdate();
            });
        }
        exports.put(command, export);
    }

    @Override
    public void close() {
        if (database != null) {
            database.close();
        }
    }
}
