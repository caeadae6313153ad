package solutions.itms.scs.server.artifact;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.audit.Audit;
import solutions.itms.scs.server.audit.AuditEntry;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.http.Problem;

/**
 * Tokens, each good for one file, one purpose and a short time. They are signed with a key of their own, and each has a
 * row, so that it can be revoked. Thread-safe.
 */
final class Links {
    private static final int ID_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int PARTS = 5;
    private static final int MAX_TOKEN = 256;

    private final Database database;
    private final byte[] key;
    private final Duration life;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Links(Database database, byte[] key, Duration life, Clock clock) {
        this.database = database;
        this.key = key.clone();
        this.life = life;
        this.clock = clock;
    }

    /** The key in the file, which only its owner can read; makes one when there is none. */
    static byte[] key(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] fresh = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(fresh);
            try {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, HexFormat.of().formatHex(fresh) + "\n");
                FileObjectStore.force(file);
            } catch (FileAlreadyExistsException e) {
                // another start was faster
            }
        }
        try {
            byte[] read = HexFormat.of().parseHex(Files.readString(file).strip());
            if (read.length == KEY_BYTES) {
                return read;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new IOException(
                file + " is no key of " + KEY_BYTES + " bytes in hexadecimal; delete it to have a new one");
    }

    /** What a token is for. */
    enum Purpose {
        GET,
        PUT;

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A token and when it is over. */
    record Link(String token, Instant expiresAt) {}

    Duration life() {
        return life;
    }

    Link make(Artifact artifact, Purpose purpose, String actor, @Nullable String requestId) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        Instant now = clock.instant();
        Instant expires = now.plus(life);
        database.write(transaction -> {
            Audit.append(
                    transaction,
                    new AuditEntry(
                            now,
                            "artifact.link",
                            actor,
                            requestId,
                            new AuditEntry.About(
                                    artifact.commandId(),
                                    artifact.gatewayId(),
                                    artifact.device(),
                                    null,
                                    null,
                                    null,
                                    null),
                            null,
                            null,
                            null,
                            Map.of("artifact", artifact.id(), "purpose", purpose.code())));
            return transaction.update(
                    "insert into artifact_link (id, artifact_id, purpose, actor, expires_at_ms) values (?, ?, ?, ?, ?)",
                    id,
                    artifact.id(),
                    purpose.code(),
                    actor,
                    expires);
        });
        String said = String.join(".", id, artifact.id(), purpose.code(), Long.toString(expires.toEpochMilli()));
        return new Link(said + "." + sign(said), expires);
    }

    /** @throws Problem 401 for a token that is wrong, over or revoked; 403 for one of another file or purpose */
    void check(@Nullable String token, String artifactId, Purpose purpose) {
        String[] parts = token == null || token.length() > MAX_TOKEN ? new String[0] : token.split("\\.", -1);
        if (token == null || parts.length != PARTS) {
            throw bad("bad_token", "The address has no token, or a wrong one.");
        }
        String said = token.substring(0, token.lastIndexOf('.'));
        if (!MessageDigest.isEqual(bytes(sign(said)), bytes(parts[PARTS - 1]))) {
            throw bad("bad_token", "The address has no token, or a wrong one.");
        }
        if (!parts[1].equals(artifactId) || !parts[2].equals(purpose.code())) {
            throw new Problem(403, "other_token", "Not allowed", "This token is for something else.");
        }
        if (Long.parseLong(parts[3]) <= clock.millis()) {
            throw bad("token_expired", "The time of this address is over.");
        }
        boolean known = database.reading()
                .withHandle(handle -> handle.createQuery("select 1 from artifact_link where id = ? and artifact_id = ?")
                        .bind(0, parts[0])
                        .bind(1, artifactId)
                        .mapTo(Long.class)
                        .findOne()
                        .isPresent());
        if (!known) {
            throw bad("token_revoked", "This address was revoked.");
        }
    }

    /** All tokens of a file. @return how many there were */
    int revoke(String artifactId) {
        return database.write(
                transaction -> transaction.update("delete from artifact_link where artifact_id = ?", artifactId));
    }

    void deleteExpired() {
        database.write(transaction ->
                transaction.update("delete from artifact_link where expires_at_ms <= ?", clock.instant()));
    }

    private String sign(String said) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(bytes(said)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Problem bad(String code, String text) {
        return new Problem(401, code, "Not accepted", text);
    }
}
