/** RTSP 1.0 over TCP. */
@NullMarked
@Export
@Version("1.0.0")
package solutions.itms.scs.media.rtsp;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
