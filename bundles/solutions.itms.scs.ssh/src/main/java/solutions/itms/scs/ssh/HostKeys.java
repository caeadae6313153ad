package solutions.itms.scs.ssh;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.store.Database;
import solutions.itms.scs.store.Durability;
import solutions.itms.scs.store.Schema;
import solutions.itms.scs.store.StoreException;
import solutions.itms.scs.store.Stores;

/**
 * The host key of each gate: given, or the first that it showed. A gate that shows another one is not logged in to until
 * somebody has accepted that key. Thread-safe; keys are compared as such, not by a file of known hosts.
 */
final class HostKeys implements AutoCloseable {
    private static final Schema SCHEMA = Schema.of("""
            CREATE TABLE host_key (
              gate TEXT PRIMARY KEY,
              fingerprint TEXT NOT NULL,
              algorithm TEXT NOT NULL,
              since_ms INTEGER NOT NULL
            ) WITHOUT ROWID
            """);

    private final Database database;
    private final Map<String, String> given;
    private final boolean trustFirst;
    private final Clock clock;
    private final Map<String, Pin> pins = new ConcurrentHashMap<>();
    private final Map<String, Pin> offered = new ConcurrentHashMap<>();

    private HostKeys(Database database, Map<String, String> given, boolean trustFirst, Clock clock) {
        this.database = database;
        this.given = Map.copyOf(given);
        this.trustFirst = trustFirst;
        this.clock = clock;
    }

    /**
     * A key that a gate has, or has shown.
     *
     * @param fingerprint as OpenSSH prints it, such as {@code SHA256:…}
     * @param algorithm such as {@code ssh-ed25519}
     */
    record Pin(String fingerprint, String algorithm, Instant since) {}

    /**
     * Opens the list.
     *
     * @param given fingerprints by gate; they go before those that are stored
     * @param trustFirst whether the first key of a gate is taken without asking
     */
    static HostKeys open(Stores stores, Map<String, String> given, boolean trustFirst, Clock clock)
            throws StoreException {
        HostKeys keys = new HostKeys(stores.open("ssh", SCHEMA, Durability.FULL), given, trustFirst, clock);
        try {
            keys.load();
            return keys;
        } catch (StoreException e) {
            keys.close();
            throw e;
        }
    }

    /** Why the gate must not be logged in to when it shows this key; null when it may. */
    @Nullable
    String objection(String gate, PublicKey key) {
        Pin shown = new Pin(fingerprint(key), KeyType.fromKey(key).toString(), clock.instant());
        String expected = expected(gate);
        if (shown.fingerprint().equals(expected)) {
            offered.remove(gate);
            return null;
        }
        if (expected == null && trustFirst) {
            return pin(gate, shown);
        }
        offered.put(gate, shown);
        if (expected == null) {
            return "its host key " + shown.fingerprint() + " has to be accepted first";
        }
        return "its host key has changed from " + expected + " to " + shown.fingerprint() + owner(gate, shown);
    }

    /** The key that the gate has shown and nobody has accepted. */
    Optional<Pin> offered(String gate) {
        return Optional.ofNullable(offered.get(gate));
    }

    /** The stored key of the gate. */
    Optional<Pin> pinned(String gate) {
        return Optional.ofNullable(pins.get(gate));
    }

    /** Takes the key that the gate has shown; false when that is another one than this. */
    boolean accept(String gate, String fingerprint) throws StoreException {
        Pin shown = offered.get(gate);
        if (shown == null || !shown.fingerprint().equals(fingerprint) || given.containsKey(gate)) {
            return false;
        }
        store(gate, shown);
        offered.remove(gate, shown);
        return true;
    }

    /** The type of the key to ask the gate for, so that it shows the one that is known; empty when none is. */
    Optional<String> algorithm(String gate) {
        return pinned(gate).map(Pin::algorithm);
    }

    @Override
    public void close() {
        database.close();
    }

    /** The fingerprint as OpenSSH prints it. */
    static String fingerprint(PublicKey key) {
        byte[] blob = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private @Nullable String expected(String gate) {
        String configured = given.get(gate);
        Pin stored = pins.get(gate);
        return configured != null ? configured : stored == null ? null : stored.fingerprint();
    }

    private @Nullable String pin(String gate, Pin shown) {
        try {
            store(gate, shown);
            return null;
        } catch (StoreException e) {
            return "its host key can't be stored: " + e.getMessage();
        }
    }

    /** Whose key it is, when another gate has it: an address that went from one to the other. */
    private String owner(String gate, Pin shown) {
        return pins.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(gate)
                        && entry.getValue().fingerprint().equals(shown.fingerprint()))
                .map(entry -> ", which is the key of " + entry.getKey())
                .findFirst()
                .orElse("");
    }

    private void store(String gate, Pin pin) throws StoreException {
        database.call(statements -> {
            PreparedStatement insert = statements.get("INSERT OR REPLACE INTO host_key VALUES (?, ?, ?, ?)");
            insert.setString(1, gate);
            insert.setString(2, pin.fingerprint());
            insert.setString(3, pin.algorithm());
            insert.setLong(4, pin.since().toEpochMilli());
            return insert.executeUpdate();
        });
        pins.put(gate, pin);
    }

    private void load() throws StoreException {
        database.read(statements -> {
            try (ResultSet rows = statements.get("SELECT * FROM host_key").executeQuery()) {
                while (rows.next()) {
                    pins.put(
                            rows.getString("gate"),
                            new Pin(
                                    rows.getString("fingerprint"),
                                    rows.getString("algorithm"),
                                    Instant.ofEpochMilli(rows.getLong("since_ms"))));
                }
                return pins;
            }
        });
    }
}
