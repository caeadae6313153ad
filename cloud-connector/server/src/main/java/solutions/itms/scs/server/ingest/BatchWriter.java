package solutions.itms.scs.server.ingest;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.server.command.CommandReports;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.db.Transaction;
import solutions.itms.scs.server.device.Changes;
import solutions.itms.scs.server.ops.ScarceLog;

/** Takes messages into the database, all or none. For one thread; {@link #counts()} for any. */
final class BatchWriter {
    private final Database database;
    private final Predicate<String> connected;
    private final CommandReports commands;
    private final Consumer<Changes> changed;
    private final DueReceipts receipts;
    private final ScarceLog log;
    private volatile IngestCounts counts = IngestCounts.NONE;

    BatchWriter(
            Database database,
            Predicate<String> connected,
            CommandReports commands,
            Consumer<Changes> changed,
            DueReceipts receipts,
            Clock clock) {
        this.database = database;
        this.connected = connected;
        this.commands = commands;
        this.changed = changed;
        this.receipts = receipts;
        this.log = new ScarceLog(LoggerFactory.getLogger(BatchWriter.class), clock);
    }

    /**
     * Takes the messages in their order. They are on the disk when this returns.
     *
     * @throws SQLException if the database failed; nothing was taken then
     */
    void write(List<Inbound> messages) throws SQLException {
        Batch batch = database.inTransaction(transaction -> take(transaction, messages));
        counts = counts.plus(batch.counts());
        receipts.touch(batch.touched());
        if (!batch.changes().isEmpty()) {
            changed.accept(batch.changes());
        }
    }

    private Batch take(Transaction transaction, List<Inbound> messages) throws SQLException {
        Batch batch = new Batch(transaction, connected, commands, log);
        for (Inbound message : messages) {
            batch.take(message);
        }
        batch.finish();
        return batch;
    }

    IngestCounts counts() {
        return counts;
    }
}
