/** The SQLite database: one writer, a few readers, versioned schema. */
@NullMarked
package solutions.itms.scs.server.db;

import org.jspecify.annotations.NullMarked;
