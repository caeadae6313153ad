/** Which devices this gateway has. */
@NullMarked
@Export
@Version("1.0.0")
package solutions.itms.scs.api.inventory;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
