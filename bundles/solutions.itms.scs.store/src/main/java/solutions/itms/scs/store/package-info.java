/**
 * SQLite for all bundles: files in the gateway's data directory, written ahead, committed in groups, and set aside
 * instead of deleted when they are damaged. Callers see {@code java.sql} types alone.
 */
@NullMarked
@Export
@Version("1.2.0")
package solutions.itms.scs.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
