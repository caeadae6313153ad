/** What must not get into logs and files. */
@NullMarked
@Export
@Version("1.0.0")
package solutions.itms.scs.api.privacy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
