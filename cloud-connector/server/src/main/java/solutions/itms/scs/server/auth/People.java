package solutions.itms.scs.server.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.audit.Audit;
import solutions.itms.scs.server.audit.AuditEntry;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;

/** The people who may log in. Thread-safe. */
public final class People {
    private static final String ADMIN = "admin";
    private static final int RANDOM_PASSWORD_BYTES = 15;
    private static final int MIN_LENGTH = 8;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_@][A-Za-z0-9_.@-]{0,63}");

    private final Database database;
    private final Clock clock;
    private final Passwords passwords;
    private final Consumer<String> loggedOut;

    /**
     * @param cost of the hashes of passwords that are set from now on
     * @param loggedOut told the name of whoever's sessions were ended
     */
    public People(Database database, Clock clock, PasswordCost cost, Consumer<String> loggedOut) {
        this.database = database;
        this.clock = clock;
        this.passwords = new Passwords(cost);
        this.loggedOut = loggedOut;
    }

    /**
     * Makes the user {@code admin} at the first start. A password file given later counts as long as the random
     * password of the first start was not changed.
     *
     * @param passwordFile holds the password in its first line; null for a random one
     * @param firstRunFile where a random password is kept, readable by its owner alone
     * @return the file with the random password, if one was made now
     * @throws IllegalArgumentException if the given password can't be used; the text is for people
     */
    public Optional<Path> ensureAdmin(@Nullable Path passwordFile, Path firstRunFile) throws IOException {
        boolean exists = find(ADMIN).isPresent();
        if (exists && (passwordFile == null || !Files.exists(firstRunFile))) {
            return Optional.empty();
        }
        if (passwordFile != null) {
            set(ADMIN, readPassword(passwordFile));
            Files.deleteIfExists(firstRunFile);
            return Optional.empty();
        }
        String random = randomPassword();
        Files.deleteIfExists(firstRunFile);
        Files.createFile(
                firstRunFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(firstRunFile, random + System.lineSeparator());
        set(ADMIN, random);
        return Optional.of(firstRunFile);
    }

    /** The person, if the password is right. Takes about as long for a name that does not exist. */
    Optional<Person> check(String name, String password) throws Passwords.TooBusyException {
        return passwords.matches(password, passwordHash(name)) ? find(name) : Optional.empty();
    }

    /** Who makes a change, for the audit. */
    public record Change(String actor, @Nullable String requestId) {}

    /** What came of a change. */
    enum Result {
        DONE,
        UNKNOWN,
        /** Nobody would be left who can manage people. */
        LAST_ADMIN
    }

    /**
     * Adds somebody.
     *
     * @return false when there is somebody of this name already
     * @throws IllegalArgumentException if the name or the password can't be used; the text is for people
     */
    public boolean add(String name, Role role, String password, Change change) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a user name has 1 to 64 letters, digits or . _ - @ and does not start with . or -");
        }
        requireUsable(password, "the password");
        String hash = passwords.hash(password);
        Instant now = clock.instant();
        return database.write(transaction -> {
            int added = transaction.update("""
                    insert into person (name, role, password_hash, created_at_ms, password_at_ms)
                    values (?, ?, ?, ?, ?) on conflict (name) do nothing""", name, role.code(), hash, now, now);
            if (added == 1) {
                audit(transaction, "person.add", change, name, Map.of("role", role.code()));
            }
            return added == 1;
        });
    }

    /** Everybody by name. */
    List<PersonView> all() {
        return database.reading()
                .withHandle(handle -> handle.createQuery(
                                "select name, role, created_at_ms, password_at_ms, disabled_at_ms from person order by name")
                        .map((row, context) -> view(row))
                        .list());
    }

    Result setRole(String name, Role role, Change change) {
        return change(name, role != Role.ADMIN, transaction -> {
            transaction.update("update person set role = ? where name = ?", role.code(), name);
            audit(transaction, "person.role", change, name, Map.of("role", role.code()));
        });
    }

    /** @throws IllegalArgumentException if the password can't be used; the text is for people */
    Result setPassword(String name, String password, Change change) {
        requireUsable(password, "the password");
        String hash = passwords.hash(password);
        return change(name, false, transaction -> {
            transaction.update(
                    "update person set password_hash = ?, password_at_ms = ? where name = ?",
                    hash,
                    clock.instant(),
                    name);
            audit(transaction, "person.password", change, name, Map.of());
        });
    }

    Result setDisabled(String name, boolean disabled, Change change) {
        return change(name, disabled, transaction -> {
            transaction.update(
                    "update person set disabled_at_ms = ? where name = ?", disabled ? clock.instant() : null, name);
            audit(transaction, disabled ? "person.disable" : "person.enable", change, name, Map.of());
        });
    }

    /** A password that nobody guesses. */
    public static String randomPassword() {
        byte[] random = new byte[RANDOM_PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** A change of one person. */
    private interface Step {
        void run(Transaction transaction) throws SQLException;
    }

    /** Whoever is changed is logged out. */
    private Result change(String name, boolean losesPower, Step step) {
        Result result = database.write(transaction -> {
            String role = transaction.first("select role from person where name = ?", row -> row.getString(1), name);
            if (role == null) {
                return Result.UNKNOWN;
            }
            long otherAdmins = transaction.number(
                    "select count(*) from person where role = 'admin' and disabled_at_ms is null and name <> ?", name);
            if (losesPower && role.equals(ADMIN) && otherAdmins == 0) {
                return Result.LAST_ADMIN;
            }
            step.run(transaction);
            transaction.update("delete from session where person = ?", name);
            transaction.update("delete from reauth where person = ?", name);
            return Result.DONE;
        });
        if (result == Result.DONE) {
            loggedOut.accept(name);
        }
        return result;
    }

    private void audit(
            Transaction transaction,
            String action,
            Change change,
            String name,
            Map<String, ? extends @Nullable Object> more)
            throws SQLException {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(more);
        metadata.put("person", name);
        Audit.append(
                transaction,
                AuditEntry.of(clock.instant(), action, change.actor(), change.requestId(), null, metadata));
    }

    private static PersonView view(ResultSet row) throws SQLException {
        long disabled = row.getLong("disabled_at_ms");
        Instant disabledAt = row.wasNull() ? null : Instant.ofEpochMilli(disabled);
        return new PersonView(
                row.getString("name"),
                row.getString("role"),
                Instant.ofEpochMilli(row.getLong("created_at_ms")),
                Instant.ofEpochMilli(row.getLong("password_at_ms")),
                disabledAt);
    }

    private Optional<Person> find(String name) {
        return database.reading()
                .withHandle(handle -> handle.createQuery("select name, role from person where name = ?")
                        .bind(0, name)
                        .map((row, context) -> new Person(row.getString("name"), row.getString("role")))
                        .findOne());
    }

    private Optional<String> passwordHash(String name) {
        return database.reading()
                .withHandle(handle -> handle.createQuery(
                                "select password_hash from person where name = ? and disabled_at_ms is null")
                        .bind(0, name)
                        .mapTo(String.class)
                        .findOne());
    }

    private void set(String name, String password) {
        String hash = passwords.hash(password);
        Instant now = clock.instant();
        database.write(transaction -> {
            transaction.update("""
                    insert into person (name, role, password_hash, created_at_ms, password_at_ms)
                    values (?, 'admin', ?, ?, ?)
                    on conflict (name) do update set password_hash = excluded.password_hash,
                        password_at_ms = excluded.password_at_ms""", name, hash, now, now);
            // whoever knew the old password is logged out
            return transaction.update("delete from session where person = ?", name);
        });
    }

    private static String readPassword(Path file) throws IOException {
        String password = Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        requireUsable(password, "the password in " + file);
        return password;
    }

    private static void requireUsable(String password, String what) {
        if (password.length() < MIN_LENGTH || password.length() > Passwords.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    what + " must have " + MIN_LENGTH + " to " + Passwords.MAX_LENGTH + " characters");
        }
    }
}
