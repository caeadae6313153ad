/** Which gates a station has. */
@NullMarked
@Export
@Version("1.1.0")
package solutions.itms.scs.api.gate;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
