/** Commands that come from the cloud, and what carries them out. */
@NullMarked
@Export
@Version("1.3.0")
package solutions.itms.scs.api.command;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
