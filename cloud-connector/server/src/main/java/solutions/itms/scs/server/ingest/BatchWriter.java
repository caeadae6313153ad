package solutions.itms.scs.server.ingest;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.server.command.CommandReports;
import solutions.itms.scs.server.db.Database;
import solutions.itms.scs.server.device.Changes;
import solutions.itms.scs.server.history.HistoryCounts;
import solutions.itms.scs.server.history.HistoryWriter;
import solutions.itms.scs.server.history.LatestValues;
import solutions.itms.scs.server.ops.ScarceLog;

/** Takes messages into the database, all or none. For one thread; the counts for any. */
final class BatchWriter {
    private static final Logger LOGGER = LoggerFactory.getLogger(BatchWriter.class);

    private final Database database;
    private final Predicate<String> connected;
    private final CommandReports commands;
    private final Consumer<Changes> changed;
    private final DueReceipts receipts;
    private final HistoryWriter history;
    private final ScarceLog log;
    private volatile IngestCounts counts = IngestCounts.NONE;

    BatchWriter(
            Database database,
            Predicate<String> connected,
            CommandReports commands,
            Consumer<Changes> changed,
            DueReceipts receipts,
            LatestValues latest,
            Clock clock) {
        this.database = database;
        this.connected = connected;
        this.commands = commands;
        this.changed = changed;
        this.receipts = receipts;
        this.history = new HistoryWriter(latest);
        this.log = new ScarceLog(LOGGER, clock);
    }

    /**
     * Takes the messages in their order. They are on the disk when this returns. Where one of them breaks a rule of the
     * database, they are taken one by one, and it is dropped.
     *
     * @throws SQLException if the database failed; nothing, or some of the first messages, was taken then
     */
    void write(List<Inbound> messages) throws SQLException {
        try {
            writeAtOnce(messages);
        } catch (SQLException e) {
            if (!database.isDataFault(e)) {
                throw e;
            }
            LOGGER.error("a message broke a rule of the database, which should have been checked before", e);
            for (Inbound message : messages) {
                writeAlone(message);
            }
        }
    }

    IngestCounts counts() {
        return counts;
    }

    HistoryCounts historyCounts() {
        return history.counts();
    }

    private void writeAtOnce(List<Inbound> messages) throws SQLException {
        Batch batch = database.inTransaction(
                transaction -> new Batch(transaction, messages, connected, commands, history.begin(), log));
        batch.committed();
        counts = counts.plus(batch.counts());
        receipts.touch(batch.touched());
        if (!batch.changes().isEmpty()) {
            changed.accept(batch.changes());
        }
    }

    private void writeAlone(Inbound message) throws SQLException {
        try {
            writeAtOnce(List.of(message));
        } catch (SQLException e) {
            if (!database.isDataFault(e)) {
                throw e;
            }
            database.inTransaction(transaction -> {
                BadMessages.keep(transaction, message, "broke a rule of the database");
                return true;
            });
            counts = counts.plus(new IngestCounts(0, 0, 1, 0, 0));
        }
    }
}
