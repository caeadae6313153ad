/** XML as devices send it, read within limits and forgivingly. */
@NullMarked
@Export
@Version("1.0.0")
package solutions.itms.scs.onvif.xml;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
