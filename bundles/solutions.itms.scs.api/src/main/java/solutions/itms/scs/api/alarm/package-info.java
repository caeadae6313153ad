/** Alarms of devices, as the cloud is told of them. */
@NullMarked
@Export
@Version("1.0.0")
package solutions.itms.scs.api.alarm;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
