/**
 * The wire contract between gateway and server: Kura payloads and topics, and the messages this product sends in them.
 * Plain Java; the same classes run on both sides.
 */
@NullMarked
@Export
@Version("1.1.0")
package solutions.itms.scs.message;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
