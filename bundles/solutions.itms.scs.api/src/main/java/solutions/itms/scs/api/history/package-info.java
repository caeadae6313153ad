/** What this gateway has sent lately, to be read on the gateway itself. */
@NullMarked
@Export
@Version("1.0.0")
package solutions.itms.scs.api.history;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
