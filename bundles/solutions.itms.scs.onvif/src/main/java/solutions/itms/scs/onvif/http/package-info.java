/** HTTP to devices without a thread for each: deadlines that end, limits on everything a device sends. */
@NullMarked
@Export
@Version("1.0.0")
package solutions.itms.scs.onvif.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
