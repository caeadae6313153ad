package solutions.itms.scs.camera;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
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

/** The first certificate that each camera showed, kept over restarts. Thread-safe. */
final class Pins implements CertificateMemory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pins.class);
    private static final Schema SCHEMA =
            Schema.of("CREATE TABLE certificate (camera TEXT PRIMARY KEY, fingerprint TEXT NOT NULL) WITHOUT ROWID");

    private final Map<String, String> known = new ConcurrentHashMap<>();
    private @Nullable Database database;

    /** Kept in memory alone when the database can't be opened. */
    static Pins open(Stores stores) {
        Pins pins = new Pins();
        try {
            Database opened = stores.open("cameras", SCHEMA, Durability.FULL);
            pins.database = opened;
            opened.read(statements -> {
                try (ResultSet rows = statements
                        .get("SELECT camera, fingerprint FROM certificate")
                        .executeQuery()) {
                    while (rows.next()) {
                        pins.known.put(rows.getString(1), rows.getString(2));
                    }
                    return pins;
                }
            });
        } catch (StoreException e) {
            LOG.error("Certificates of cameras are not kept: {}", e.getMessage());
        }
        return pins;
    }

    /** Kept in memory alone. */
    static Pins inMemory() {
        return new Pins();
    }

    @Override
    public Optional<String> certificate(String camera) {
        return Optional.ofNullable(known.get(camera));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it is pinned in memory; the next start may pin it anew
    @Override
    public void pin(String camera, String fingerprint) {
        known.put(camera, fingerprint);
        Database kept = database;
        if (kept != null) {
            kept.write(statements -> {
                PreparedStatement insert = statements.get("INSERT OR REPLACE INTO certificate VALUES (?, ?)");
                insert.setString(1, camera);
                insert.setString(2, fingerprint);
                return insert.executeUpdate();
            });
        }
    }

    @Override
    public void close() {
        if (database != null) {
            database.close();
        }
    }
}
