/** Clips out of recordings, and figures of live streams. */
@NullMarked
@Export
@Version("1.0.0")
package solutions.itms.scs.media.clip;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
