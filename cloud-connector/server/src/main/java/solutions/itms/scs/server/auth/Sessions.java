package solutions.itms.scs.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import solutions.itms.scs.server.db.Database;

/**
 * Logged-in browsers. A token has 256 random bits; only its hash is stored. A session ends by logging out, after its
 * idle time, or after its whole time. Thread-safe.
 */
public final class Sessions {
    private static final int TOKEN_BYTES = 32;
    private static final long MAX_PER_PERSON = 50;
    private static final Duration WRITE_USE_EVERY = Duration.ofMinutes(1);

    private final Database database;
    private final Clock clock;
    private final Limits limits;
    private final SecureRandom random = new SecureRandom();
    private final List<Consumer<String>> endListeners = new CopyOnWriteArrayList<>();

    /**
     * How long a session lasts.
     *
     * @param idle without any request
     * @param whole in any case
     */
    public record Limits(Duration idle, Duration whole) {}

    /**
     * A session in use.
     *
     * @param id names it without giving its token away
     * @param endsAt the end of its whole time
     */
    public record Session(String id, Person person, Instant endsAt) {}

    public Sessions(Database database, Clock clock, Limits limits) {
        this.database = database;
        this.clock = clock;
        this.limits = limits;
    }

    /** Is told the id of every session that is logged out. */
    public void onEnd(Consumer<String> listener) {
        endListeners.add(listener);
    }

    /** Begins a session and returns its token. The oldest of a person who has too many ends. */
    String begin(Person person) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        byte[] hash = hash(token);
        Instant now = clock.instant();
        database.write(transaction -> {
            transaction.update(
                    "insert into session (token_sha256, person, created_at_ms, used_at_ms) values (?, ?, ?, ?)",
                    hash,
                    person.username(),
                    now,
                    now);
            return transaction.update("""
                    delete from session where person = ? and token_sha256 not in
                        (select token_sha256 from session where person = ?
                        order by token_sha256 = ? desc, used_at_ms desc limit ?)""", person.username(), person.username(), hash, MAX_PER_PERSON);
        });
        return token;
    }

    /** The session of the token, if it still lasts. This is a use of it. */
    public Optional<Session> use(String token) {
        return use(hash(token));
    }

    /** As {@link #use(String)}, for one who kept only the session's id. */
    public Optional<Session> useById(String id) {
        return use(HexFormat.of().parseHex(id));
    }

    /** Ends the session of the token, if there is one. */
    void end(String token) {
        byte[] hash = hash(token);
        database.write(transaction -> transaction.update("delete from session where token_sha256 = ?", (Object) hash));
        String id = HexFormat.of().formatHex(hash);
        endListeners.forEach(listener -> listener.accept(id));
    }

    /** Deletes the sessions whose time is over. */
    public void deleteExpired() {
        Instant now = clock.instant();
        database.write(transaction -> transaction.update(
                "delete from session where used_at_ms < ? or created_at_ms < ?",
                now.minus(limits.idle()),
                now.minus(limits.whole())));
    }

    private Optional<Session> use(byte[] hash) {
        Instant now = clock.instant();
        Optional<Row> row = database.reading().withHandle(handle -> find(handle, hash));
        if (row.isEmpty() || !row.get().lasts(now, limits)) {
            return Optional.empty();
        }
        if (!now.isBefore(row.get().usedAt().plus(WRITE_USE_EVERY))) {
            database.write(transaction ->
                    transaction.update("update session set used_at_ms = ? where token_sha256 = ?", now, hash));
        }
        return Optional.of(new Session(
                HexFormat.of().formatHex(hash),
                row.get().person(),
                row.get().createdAt().plus(limits.whole())));
    }

    private record Row(Person person, Instant createdAt, Instant usedAt) {
        boolean lasts(Instant now, Limits limits) {
            return now.isBefore(usedAt.plus(limits.idle())) && now.isBefore(createdAt.plus(limits.whole()));
        }
    }

    private static Optional<Row> find(Handle handle, byte[] hash) {
        return handle.createQuery("""
                        select p.name, p.role, s.created_at_ms, s.used_at_ms
                        from session s join person p on p.name = s.person
                        where s.token_sha256 = ? and p.disabled_at_ms is null""")
                .bind(0, hash)
                .map((row, context) -> new Row(
                        new Person(row.getString("name"), row.getString("role")),
                        Instant.ofEpochMilli(row.getLong("created_at_ms")),
                        Instant.ofEpochMilli(row.getLong("used_at_ms"))))
                .findOne();
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
