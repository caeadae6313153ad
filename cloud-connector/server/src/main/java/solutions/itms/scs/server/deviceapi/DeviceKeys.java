package solutions.itms.scs.server.deviceapi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.command.Ed25519;
import solutions.itms.scs.message.command.RequestSignature;
import solutions.itms.scs.server.audit.Audit;
import solutions.itms.scs.server.audit.AuditEntry;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.device.DeviceTable;

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
     * @param child the device behind the gateway that it is for; null for the gateway itself
     */
    record Key(
            String id,
            String device,
            String account,
            @Nullable String child,
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

    /**
     * A key as administrators see it.
     *
     * @param device the device that it is for; the gateway's id for the gateway itself
     * @param kind {@code secret} or {@code ed25519}
     * @param revokedAt since when it is refused; null when it was not revoked
     * @param expiresAt until when it is good; null without an end
     * @param replacedBy the key that took its place
     */
    public record View(
            String id,
            String gatewayId,
            String device,
            String kind,
            Instant createdAt,
            @Nullable Instant revokedAt,
            @Nullable Instant expiresAt,
            @Nullable String replacedBy) {}

    /** All keys by gateway, the oldest first. @param gateway null for those of all gateways */
    public List<View> list(@Nullable String gateway) {
        return database.reading()
                .withHandle(handle -> handle.createQuery("""
                                select * from (
                                  select id, device_id as gateway_id, coalesce(child_id, device_id) as device,
                                    case when public_key is null then 'secret' else 'ed25519' end as kind,
                                    created_at_ms, revoked_at_ms, expires_at_ms, replaced_by from device_key
                                  union all
                                  select kid, gateway_id, gateway_id, 'ed25519', created_at_ms, revoked_at_ms,
                                    cast(null as bigint), cast(null as text) from gateway_key) k
                                where gateway_id = :gateway or :all = 1 order by gateway_id, created_at_ms, id""")
                        .bind("gateway", gateway == null ? "" : gateway)
                        .bind("all", gateway == null ? 1 : 0)
                        .map((row, unused) -> view(row))
                        .list());
    }

    private static View view(ResultSet row) throws SQLException {
        return new View(
                row.getString("id"),
                row.getString("gateway_id"),
                row.getString("device"),
                row.getString("kind"),
                Instant.ofEpochMilli(row.getLong("created_at_ms")),
                instant(row, "revoked_at_ms"),
                instant(row, "expires_at_ms"),
                row.getString("replaced_by"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** Makes a key with a secret for a gateway; empty when there is no such gateway. */
    public Optional<Made> add(String device, String actor) {
        return add(device, null, new Change(actor, null));
    }

    /**
     * Who changes keys.
     *
     * @param requestId of the HTTP request; null when there is none
     */
    public record Change(String actor, @Nullable String requestId) {}

    /**
     * Makes a key with a secret for a gateway, or for a device behind it.
     *
     * @param child null for the gateway itself
     * @return empty when there is no such gateway, or it never told of such a device
     */
    public Optional<Made> add(String device, @Nullable String child, Change change) {
        return database.write(transaction -> exists(transaction, device, child)
                ? Optional.of(insert(transaction, device, child, "device_key.add", change, Map.of()))
                : Optional.empty());
    }

    /**
     * Makes a key that takes the place of another, which is good for a while yet.
     *
     * @return empty when there is no such key, it was revoked, or it has no secret
     */
    public Optional<Made> rotate(String id, Duration grace, Change change) {
        return database.write(transaction -> {
            Key key = find(transaction, id);
            if (key == null || key.revoked() || key.publicKey() != null) {
                return Optional.<Made>empty();
            }
            Made made =
                    insert(transaction, key.device(), key.child(), "device_key.rotate", change, Map.of("replaces", id));
            transaction.update(
                    "update device_key set expires_at_ms = ?, replaced_by = ? where id = ?",
                    clock.instant().plus(grace),
                    made.id(),
                    id);
            return Optional.of(made);
        });
    }

    private static boolean exists(Transaction transaction, String device, @Nullable String child) throws SQLException {
        return child == null
                ? transaction.number("select count(*) from gateway where id = ?", device) == 1
                : DeviceTable.isLinked(transaction, device, child);
    }

    private Made insert(
            Transaction transaction,
            String device,
            @Nullable String child,
            String action,
            Change change,
            Map<String, @Nullable Object> more)
            throws SQLException {
        String id = "k-" + text(ID_BYTES);
        String secret = text(SECRET_BYTES);
        Instant now = clock.instant();
        transaction.update(
                "insert into device_key (id, device_id, child_id, secret_sha256, created_at_ms) values (?, ?, ?, ?, ?)",
                id,
                device,
                child,
                RequestSignature.sha256(bytes(secret)),
                now);
        audit(transaction, action, change, id, device, child, more);
        return new Made(id, secret);
    }

    /** From now on what the key signs is refused. @return false when there is no such key, or it was revoked before */
    public boolean revoke(String id, String actor) {
        return revoke(id, new Change(actor, null));
    }

    /** The same, with the request that asked for it. */
    public boolean revoke(String id, Change change) {
        Instant now = clock.instant();
        return database.write(transaction -> {
            Key key = find(transaction, id);
            if (key == null || key.revoked()) {
                return false;
            }
            transaction.update("update device_key set revoked_at_ms = ? where id = ?", now, id);
            transaction.update("update gateway_key set revoked_at_ms = ? where kid = ?", now, id);
            audit(transaction, "device_key.revoke", change, id, key.device(), key.child(), Map.of());
            return true;
        });
    }

    /** The key of this id; null when there is none. */
    @Nullable
    Key find(Transaction transaction, String id) throws SQLException {
        Key key = transaction.first("""
                select k.id, k.device_id, g.account, k.child_id, k.secret_sha256, k.secret_plain, k.public_key, k.revoked_at_ms,
                       k.expires_at_ms
                from device_key k join gateway g on g.id = k.device_id where k.id = ?""", this::read, id);
        return key != null ? key : transaction.first("""
                select k.kid as id, k.gateway_id as device_id, g.account, null as child_id, null as secret_sha256, null as secret_plain,
                       k.public_key, k.revoked_at_ms, cast(null as bigint) as expires_at_ms
                from gateway_key k join gateway g on g.id = k.gateway_id where k.kid = ?""", this::read, id);
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
            Change change = new Change("key:" + key.id(), null);
            audit(transaction, "device_key.hash", change, key.id(), key.device(), key.child(), Map.of());
        }
    }

    /** One that another took the place of is good until its time is over. */
    private Key read(ResultSet row) throws SQLException {
        Instant end = instant(row, "expires_at_ms");
        boolean revoked = instant(row, "revoked_at_ms") != null
                || end != null && !clock.instant().isBefore(end);
        return new Key(
                row.getString("id"),
                row.getString("device_id"),
                row.getString("account"),
                row.getString("child_id"),
                row.getString("secret_sha256"),
                row.getString("secret_plain"),
                row.getString("public_key"),
                revoked);
    }

    private void audit(
            Transaction transaction,
            String action,
            Change change,
            String id,
            String device,
            @Nullable String child,
            Map<String, @Nullable Object> more)
            throws SQLException {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(more);
        metadata.put("key", id);
        if (child != null) {
            metadata.put("device", child);
        }
        Audit.append(
                transaction,
                new AuditEntry(
                        clock.instant(),
                        action,
                        change.actor(),
                        change.requestId(),
                        AuditEntry.About.gateway(device),
                        null,
                        null,
                        null,
                        metadata));
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
