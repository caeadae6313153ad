package solutions.itms.scs.server.deviceapi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.Ed25519;
import solutions.itms.scs.message.command.RequestSignature;
import solutions.itms.scs.server.audit.Audit;
import solutions.itms.scs.server.audit.AuditEntry;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;

/**
 * The keys of devices. Of a secret only the hash is stored, and by the hash requests are signed; a secret that an older
 * system had stored as it is, is replaced by its hash at its first use. A gateway's own Ed25519 key counts as well.
 * Thread-safe.
 */
public final class DeviceKeys {
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 9;

    private final Database database;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public DeviceKeys(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A key as it is told once. */
    public record Made(String id, String secret) {}

    /**
     * A key as it is stored.
     *
     * @param device the gateway that it belongs to
     */
    record Key(
            String id,
            String device,
            String account,
            @Nullable String secretSha256,
            @Nullable String secretPlain,
            @Nullable String publicKey,
            boolean revoked) {
        private @Nullable String hash() {
            return secretPlain == null ? secretSha256 : RequestSignature.sha256(bytes(secretPlain));
        }

        boolean signed(SignedRequest request) {
            String hash = hash();
            String secret = request.secret();
            if (publicKey != null) {
                return request.signed().verify(Ed25519.publicKey(publicKey), request.signature());
            }
            if (hash == null) {
                return false;
            }
            boolean sameSecret =
                    secret == null || MessageDigest.isEqual(bytes(hash), bytes(RequestSignature.sha256(bytes(secret))));
            return sameSecret && request.signed().verify(HexFormat.of().parseHex(hash), request.signature());
        }
    }

    /** Makes a key with a secret for a gateway; empty when there is no such gateway. */
    public Optional<Made> add(String device, String actor) {
        String id = "k-" + text(ID_BYTES);
        String secret = text(SECRET_BYTES);
        Instant now = clock.instant();
        return database.write(transaction -> {
            if (transaction.number("select count(*) from gateway where id = ?", device) == 0) {
                return Optional.<Made>empty();
            }
            transaction.update(
                    "insert into device_key (id, device_id, secret_sha256, created_at_ms) values (?, ?, ?, ?)",
                    id,
                    device,
                    RequestSignature.sha256(bytes(secret)),
                    now);
            audit(transaction, "device_key.add", actor, id, device, now);
            return Optional.of(new Made(id, secret));
        });
    }

    /** From now on what the key signs is refused. @return false when there is no such key, or it was revoked before */
    public boolean revoke(String id, String actor) {
        Instant now = clock.instant();
        return database.write(transaction -> {
            Key key = find(transaction, id);
            if (key == null || key.revoked()) {
                return false;
            }
            transaction.update("update device_key set revoked_at_ms = ? where id = ?", now, id);
            transaction.update("update gateway_key set revoked_at_ms = ? where kid = ?", now, id);
            audit(transaction, "device_key.revoke", actor, id, key.device(), now);
            return true;
        });
    }

    /** The key of this id; null when there is none. */
    @Nullable
    Key find(Transaction transaction, String id) throws SQLException {
        Key key = transaction.first("""
                select k.id, k.device_id, g.account, k.secret_sha256, k.secret_plain, k.public_key, k.revoked_at_ms
                from device_key k join gateway g on g.id = k.device_id where k.id = ?""", DeviceKeys::read, id);
        return key != null ? key : transaction.first("""
                select k.kid as id, k.gateway_id as device_id, g.account, null as secret_sha256, null as secret_plain,
                       k.public_key, k.revoked_at_ms
                from gateway_key k join gateway g on g.id = k.gateway_id where k.kid = ?""", DeviceKeys::read, id);
    }

    /** The key was used; what was stored as it is, is stored as its hash from now on. */
    void used(Transaction transaction, Key key, Instant now) throws SQLException {
        String plain = key.secretPlain();
        if (plain != null) {
            transaction.update(
                    "update device_key set secret_sha256 = ?, secret_plain = null, used_at_ms = ? where id = ?",
                    RequestSignature.sha256(bytes(plain)),
                    now,
                    key.id());
            audit(transaction, "device_key.hash", "key:" + key.id(), key.id(), key.device(), now);
        }
    }

    private static Key read(ResultSet row) throws SQLException {
        row.getLong("revoked_at_ms");
        boolean revoked = !row.wasNull();
        return new Key(
                row.getString("id"),
                row.getString("device_id"),
                row.getString("account"),
                row.getString("secret_sha256"),
                row.getString("secret_plain"),
                row.getString("public_key"),
                revoked);
    }

    private static void audit(
            Transaction transaction, String action, String actor, String id, String device, Instant now)
            throws SQLException {
        Audit.append(
                transaction,
                new AuditEntry(
                        now,
                        action,
                        actor,
                        null,
                        AuditEntry.About.gateway(device),
                        null,
                        null,
                        null,
                        Map.of("key", id)));
    }

    private String text(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
