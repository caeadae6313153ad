package solutions.itms.scs.store;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A transaction, and who waits for it. For one thread at a time, but for the future. */
final class Work<T> {
    final CompletableFuture<T> result = new CompletableFuture<>();

    private final Transaction<T> transaction;
    private @Nullable T value;
    private @Nullable Throwable failure;

    Work(Transaction<T> transaction) {
        this.transaction = transaction;
    }

    void run(Statements statements) throws SQLException {
        value = transaction.run(statements);
    }

    /** It could not be committed; {@link #complete} tells. */
    void failed(Throwable cause) {
        failure = cause;
    }

    /** Tells what has become of it. */
    void complete() {
        if (failure == null) {
            result.complete(value);
        } else {
            result.completeExceptionally(failure);
        }
    }

    /** Tells at once that it is not done. */
    void refuse(Throwable cause) {
        result.completeExceptionally(cause);
    }
}
