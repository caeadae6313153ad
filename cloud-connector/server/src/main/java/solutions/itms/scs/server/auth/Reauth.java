package solutions.itms.scs.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;

/** Proofs that somebody has just given the password again. Each lasts two minutes and counts once. Thread-safe. */
public final class Reauth {
    private static final Duration LASTS = Duration.ofMinutes(2);
    private static final int BYTES = 32;
    private static final int MAX_TEXT = 64;

    private final Database database;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Reauth(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A proof, as the API gives it. */
    public record Proof(String proof, Instant expiresAt) {}

    Proof prove(Person person) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String proof = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        Instant end = now.plus(LASTS);
        database.write(transaction -> {
            transaction.update("delete from reauth where expires_at_ms < ?", now);
            return transaction.update(
                    "insert into reauth (proof_sha256, person, expires_at_ms) values (?, ?, ?)",
                    hash(proof),
                    person.username(),
                    end);
        });
        return new Proof(proof, end);
    }

    /** Whether the proof is the person's and still lasts; it does not count a second time. */
    public static boolean use(Transaction transaction, String proof, String person, Instant now) throws SQLException {
        return proof.length() <= MAX_TEXT
                && transaction.update(
                                "delete from reauth where proof_sha256 = ? and person = ? and expires_at_ms >= ?",
                                hash(proof),
                                person,
                                now)
                        == 1;
    }

    private static byte[] hash(String proof) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(proof.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
