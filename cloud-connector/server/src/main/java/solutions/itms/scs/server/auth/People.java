package solutions.itms.scs.server.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.db.Database;

/** The people who may log in. Thread-safe. */
public final class People {
    private static final String ADMIN = "admin";
    private static final int RANDOM_PASSWORD_BYTES = 15;
    private static final int MIN_LENGTH = 8;

    private final Database database;
    private final Clock clock;
    private final Passwords passwords = new Passwords();

    public People(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
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
        boolean exists = passwordHash(ADMIN).isPresent();
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

    private Optional<Person> find(String name) {
        return database.reading()
                .withHandle(handle -> handle.createQuery("select name, role from person where name = ?")
                        .bind(0, name)
                        .map((row, context) -> new Person(row.getString("name"), row.getString("role")))
                        .findOne());
    }

    private Optional<String> passwordHash(String name) {
        return database.reading()
                .withHandle(handle -> handle.createQuery("select password_hash from person where name = ?")
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
        if (password.length() < MIN_LENGTH || password.length() > Passwords.MAX_LENGTH) {
            throw new IllegalArgumentException("the password in " + file + " must have " + MIN_LENGTH + " to "
                    + Passwords.MAX_LENGTH + " characters");
        }
        return password;
    }

    private static String randomPassword() {
        byte[] random = new byte[RANDOM_PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
