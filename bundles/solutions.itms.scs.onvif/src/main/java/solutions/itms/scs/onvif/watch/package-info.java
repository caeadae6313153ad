/** Devices that are watched for as long as they are configured, and told of to the cloud. */
@NullMarked
@Export
@Version("1.0.0")
package solutions.itms.scs.onvif.watch;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
