package solutions.itms.scs.server.artifact;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.artifact.Artifact.State;
import solutions.itms.scs.server.audit.Audit;
import solutions.itms.scs.server.audit.AuditEntry;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.recording.Recordings;

/** The rows about files, and their changes of state. Stateless but for the database. Thread-safe. */
final class ArtifactTable {
    private final Database database;

    ArtifactTable(Database database) {
        this.database = database;
    }

    Database database() {
        return database;
    }

    /** The file of this id. @throws Problem when there is none */
    Artifact get(String id) {
        Artifact artifact = find(id);
        if (artifact == null) {
            throw Problem.notFound("There is no such file.");
        }
        return artifact;
    }

    @Nullable
    Artifact find(String id) {
        return database.reading()
                .withHandle(handle -> handle.createQuery("select * from artifact where id = ?")
                        .bind(0, id)
                        .map((row, context) -> Artifact.read(row))
                        .findOne()
                        .orElse(null));
    }

    static @Nullable Artifact find(Transaction transaction, String id) throws SQLException {
        return transaction.first("select * from artifact where id = ?" + transaction.forUpdate(), Artifact::read, id);
    }

    /** What is known of a file before its first byte. */
    static void insert(Transaction transaction, Declared declared, Instant now) throws SQLException {
        transaction.update(
                """
                insert into artifact (id, gateway_id, account, device, command_id, kind, name, media_type, size, sha256,
                    state, received, created_at_ms, updated_at_ms, owner)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'UPLOADING', 0, ?, ?, ?)""",
                declared.id(),
                declared.gatewayId(),
                declared.account(),
                declared.device(),
                declared.commandId(),
                declared.kind().code(),
                declared.name(),
                declared.mediaType(),
                declared.size(),
                declared.sha256(),
                now,
                now,
                declared.owner());
        if (declared.kind() == Kind.CLIP && declared.commandId() != null) {
            Recordings.follow(transaction, declared.commandId(), now);
        }
        String gateway = declared.gatewayId();
        String device = declared.device();
        if (declared.kind() == Kind.RECORDING && gateway != null && device != null && declared.owner() != null) {
            Recordings.beginStream(transaction, declared.id(), gateway, device, declared.owner(), now);
        }
    }

    /** A recording goes with its file. */
    private static void follow(Transaction transaction, String id, Instant now) throws SQLException {
        String recording = transaction.first(
                "select case kind when 'recording' then id else command_id end as recording from artifact"
                        + " where id = ? and kind in ('recording', 'clip')",
                row -> row.getString("recording"),
                id);
        if (recording != null) {
            Recordings.follow(transaction, recording, now);
        }
    }

    /** How far an upload has come. */
    void progress(String id, long received, Instant now) {
        database.write(transaction -> transaction.update(
                "update artifact set received = ?, updated_at_ms = ? where id = ? and state = 'UPLOADING'",
                received,
                now,
                id));
    }

    /** The file is whole, and in the store. */
    void ready(String id, long size, String sha256, Instant now) {
        database.write(transaction -> {
            transaction.update("delete from artifact_link where artifact_id = ? and purpose = 'put'", id);
            int changed = transaction.update("""
                    update artifact set state = 'READY', reason = null, size = ?, sha256 = ?, received = ?,
                        completed_at_ms = ?, updated_at_ms = ? where id = ? and state in ('UPLOADING', 'FAILED')""", size, sha256, size, now, now, id);
            follow(transaction, id, now);
            return changed;
        });
    }

    void fail(String id, String reason, Instant now) {
        database.write(transaction -> {
            transaction.update("delete from artifact_link where artifact_id = ?", id);
            int changed = transaction.update(
                    "update artifact set state = 'FAILED', reason = ?, updated_at_ms = ? where id = ? and state in"
                            + " ('UPLOADING', 'READY')",
                    reason,
                    now,
                    id);
            follow(transaction, id, now);
            return changed;
        });
    }

    /** A failed upload goes on. */
    static void revive(Transaction transaction, String id, Instant now) throws SQLException {
        transaction.update(
                "update artifact set state = 'UPLOADING', reason = null, updated_at_ms = ? where id = ?", now, id);
        follow(transaction, id, now);
    }

    /** Counts a completion with the wrong checksum; how many there were. */
    long mismatch(String id, Instant now) {
        return database.write(transaction -> {
            transaction.update(
                    "update artifact set mismatches = mismatches + 1, received = 0, updated_at_ms = ? where id = ?",
                    now,
                    id);
            return transaction.number("select mismatches from artifact where id = ?", id);
        });
    }

    /** The file is gone for everybody from now on. @return false when it was before */
    boolean delete(String id, String actor, @Nullable String requestId, String reason, Instant now) {
        return database.write(transaction -> {
            Artifact artifact = find(transaction, id);
            if (artifact == null || artifact.state() == State.DELETED) {
                return false;
            }
            transaction.update("delete from artifact_link where artifact_id = ?", id);
            transaction.update(
                    "update artifact set state = 'DELETED', reason = ?, deleted_at_ms = ?, deleted_by = ?,"
                            + " updated_at_ms = ? where id = ?",
                    reason,
                    now,
                    actor,
                    now,
                    id);
            follow(transaction, id, now);
            Audit.append(
                    transaction,
                    new AuditEntry(
                            now,
                            "artifact.delete",
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
                            artifact.state().name(),
                            State.DELETED.name(),
                            reason,
                            Map.of("artifact", id, "kind", artifact.kind().code())));
            return true;
        });
    }

    /** Ids of files, oldest change first. */
    List<String> ids(String condition, Object... arguments) {
        return database.reading().withHandle(handle -> {
            var query = handle.createQuery(
                    "select id from artifact where " + condition + " order by updated_at_ms limit 1000");
            for (int i = 0; i < arguments.length; i++) {
                Object argument = arguments[i];
                query.bind(i, argument instanceof Instant at ? (Object) at.toEpochMilli() : argument);
            }
            return query.mapTo(String.class).list();
        });
    }
}
