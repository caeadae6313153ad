package solutions.itms.scs.store;

import java.sql.SQLException;

/**
 * One unit of work. It runs on the database's writer thread, together with others, and may run a second time when
 * another one of its group has failed: whatever it changes besides the database must bear that.
 *
 * @param <T> what it yields
 */
@FunctionalInterface
public interface Transaction<T> {
    /** Does the work. */
    T run(Statements statements) throws SQLException;
}
