package solutions.itms.scs.server.artifact;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.http.Problem;

/** Whether there is room for one more file. Stateless. */
final class Admission {
    private static final String KEPT = "state in ('UPLOADING', 'READY')";

    private final ArtifactSettings settings;
    private final Staging staging;

    Admission(ArtifactSettings settings, Staging staging) {
        this.settings = settings;
        this.staging = staging;
    }

    void requireSize(long size) {
        if (size > settings.maxBytes()) {
            throw new Problem(
                            413,
                            "too_large",
                            "File too large",
                            "A file may have " + settings.maxBytes() + " bytes here.")
                    .with("maxBytes", settings.maxBytes());
        }
    }

    /** @throws Problem 507 when the disk is nearly full */
    void requireRoom(long size) {
        if (staging.room() - size < settings.reserveBytes()) {
            throw diskFull();
        }
    }

    static Problem diskFull() {
        return new Problem(507, "disk_full", "No room", "The server's disk is full.");
    }

    void requireQuota(Transaction transaction, Declared declared) throws SQLException {
        String gateway = declared.gatewayId();
        String account = declared.account();
        long size = declared.size() == null ? 0 : declared.size();
        if (gateway != null) {
            long count = transaction.number("select count(*) from artifact where gateway_id = ? and " + KEPT, gateway);
            require(count < settings.gatewayCount(), "This gateway has " + count + " files already.");
            long open = transaction.number(
                    "select count(*) from artifact where gateway_id = ? and state = 'UPLOADING'", gateway);
            require(open < settings.openUploads(), "This gateway has " + open + " open uploads already.");
            requireBytes(transaction, "gateway_id", gateway, size, settings.gatewayBytes(), "gateway");
        }
        if (account != null) {
            requireBytes(transaction, "account", account, size, settings.accountBytes(), "account");
        }
    }

    private static void requireBytes(
            Transaction transaction, String column, @Nullable String value, long size, long limit, String whose)
            throws SQLException {
        long used = transaction.number(
                "select coalesce(sum(coalesce(size, received)), 0) from artifact where " + column + " = ? and " + KEPT,
                value);
        require(used + size <= limit, "The files of this " + whose + " may have " + limit + " bytes together.");
    }

    private static void require(boolean holds, String text) {
        if (!holds) {
            throw Problem.conflict("quota_exceeded", text);
        }
    }
}
