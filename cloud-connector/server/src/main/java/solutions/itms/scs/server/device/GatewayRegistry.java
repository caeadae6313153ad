package solutions.itms.scs.server.device;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import solutions.itms.scs.server.db.Database;

/** The gateways that may connect, and their secrets. Nothing is cached: other processes add gateways. Thread-safe. */
public final class GatewayRegistry {
    private static final int SECRET_BYTES = 32;
    private static final int SALT_BYTES = 16;

    private final Database database;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public GatewayRegistry(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Adds a gateway.
     *
     * @return its secret, which is stored nowhere; empty when there is such a gateway already
     */
    public Optional<String> add(GatewayIdentity gateway) {
        String secret = newSecret();
        byte[] salt = randomBytes(SALT_BYTES);
        Instant now = clock.instant();
        int added = database.write(transaction ->
                transaction.update("""
                insert into gateway (id, account, secret_salt, secret_sha256, created_at_ms, secret_at_ms)
                values (?, ?, ?, ?, ?, ?) on conflict (id) do nothing""", gateway.id(), gateway.account(), salt, hash(salt, secret), now, now));
        return added == 1 ? Optional.of(secret) : Optional.empty();
    }

    /**
     * Gives a gateway a new secret; the old one is refused from the next connect on.
     *
     * @return the new secret; empty when there is no such gateway in this account
     */
    public Optional<String> renew(GatewayIdentity gateway) {
        String secret = newSecret();
        byte[] salt = randomBytes(SALT_BYTES);
        int renewed = database.write(transaction -> transaction.update(
                "update gateway set secret_salt = ?, secret_sha256 = ?, secret_at_ms = ? where id = ? and account = ?",
                salt,
                hash(salt, secret),
                clock.instant(),
                gateway.id(),
                gateway.account()));
        return renewed == 1 ? Optional.of(secret) : Optional.empty();
    }

    /** The gateway of this id, if the secret is its present one. */
    public Optional<GatewayIdentity> authenticate(String id, String secret) {
        return database.reading()
                .withHandle(handle -> find(handle, id))
                .filter(row -> row.accepts(secret))
                .map(Credential::gateway);
    }

    private static Optional<Credential> find(Handle handle, String id) {
        return handle.createQuery("select id, account, secret_salt, secret_sha256 from gateway where id = ?")
                .bind(0, id)
                .map((row, context) -> new Credential(
                        new GatewayIdentity(row.getString("id"), row.getString("account")),
                        row.getBytes("secret_salt"),
                        row.getBytes("secret_sha256")))
                .findOne();
    }

    @SuppressWarnings("ArrayRecordComponent") // lives for one login
    private record Credential(GatewayIdentity gateway, byte[] salt, byte[] sha256) {
        boolean accepts(String secret) {
            return MessageDigest.isEqual(sha256, hash(salt, secret));
        }
    }

    private String newSecret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(SECRET_BYTES));
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] hash(byte[] salt, String secret) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(salt);
            return sha256.digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
