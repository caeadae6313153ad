/** RTP: from packets to frames. */
@NullMarked
@Export
@Version("1.0.0")
package solutions.itms.scs.media.rtp;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
