package solutions.itms.scs.server.ingest;

import java.sql.SQLException;
import java.util.Arrays;
import solutions.itms.scs.server.db.Transaction;

/** Keeps the newest messages that could not be read, for whoever has to find out why. Stateless. */
final class BadMessages {
    /** How many are kept. */
    static final int MAX_KEPT = 1_000;

    private static final int HEAD_BYTES = 1_024;
    private static final int MAX_TEXT = 500;

    private BadMessages() {}

    static void keep(Transaction transaction, Inbound message, String reason) throws SQLException {
        byte[] payload = message.payload();
        transaction.update(
                "insert into bad_message (topic, reason, received_at_ms, head, size_bytes) values (?, ?, ?, ?, ?)",
                clip(message.topic()),
                clip(reason),
                message.receivedAt(),
                Arrays.copyOf(payload, Math.min(payload.length, HEAD_BYTES)),
                (long) payload.length);
        transaction.update(
                "delete from bad_message where id <= (select max(id) from bad_message) - ?", (long) MAX_KEPT);
    }

    private static String clip(String text) {
        // PostgreSQL has no text with the character 0 in it
        String clean = text.replace('\0', '?');
        return clean.length() <= MAX_TEXT ? clean : clean.substring(0, MAX_TEXT);
    }
}
