package solutions.itms.scs.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import solutions.itms.scs.server.db.Database;

/** Who may read metrics without a session. A token has 256 random bits; only its hash is stored. Thread-safe. */
public final class ApiTokens {
    private static final int TOKEN_BYTES = 32;

    private final Database database;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public ApiTokens(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Makes a token; empty when there is one of this name already. */
    public Optional<String> add(String name) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        int added = database.write(transaction -> transaction.update("""
                insert into api_token (name, token_sha256, created_at_ms) values (?, ?, ?)
                on conflict (name) do nothing""", name, hash(token), clock.instant()));
        return added == 1 ? Optional.of(token) : Optional.empty();
    }

    /** @return false when there is none of this name */
    public boolean remove(String name) {
        return database.write(transaction -> transaction.update("delete from api_token where name = ?", name)) == 1;
    }

    /** Whether this is a token that was made and not removed. */
    boolean isValid(String token) {
        return database.reading()
                        .withHandle(
                                handle -> handle.createQuery("select count(*) from api_token where token_sha256 = ?")
                                        .bind(0, hash(token))
                                        .mapTo(Long.class)
                                        .one())
                == 1;
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
