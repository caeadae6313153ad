/** The database, SQLite or PostgreSQL behind one interface: writers, readers, versioned schema. */
@NullMarked
package solutions.itms.scs.server.db;

import org.jspecify.annotations.NullMarked;
