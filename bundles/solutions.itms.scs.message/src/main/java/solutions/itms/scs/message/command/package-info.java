/**
 * Commands on the wire: the registry of all commands, the signed envelope that brings one to a gateway, what the gateway
 * reports of it, and the signature of a gateway's HTTP requests. Plain Java; the same classes run on both sides.
 */
@NullMarked
@Export
@Version("1.1.0")
package solutions.itms.scs.message.command;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
