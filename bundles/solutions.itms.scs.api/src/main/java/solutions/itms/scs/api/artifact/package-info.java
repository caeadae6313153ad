/** Files that this gateway makes for the cloud: logs, pictures, clips. */
@NullMarked
@Export
@Version("1.0.0")
package solutions.itms.scs.api.artifact;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
