/** Parameter sets: what a stream says of itself. */
@NullMarked
@Export
@Version("1.0.0")
package solutions.itms.scs.media.codec;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
