/** MP4 files, whole and in fragments. */
@NullMarked
@Export
@Version("1.0.0")
package solutions.itms.scs.media.mp4;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
