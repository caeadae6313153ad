/** SOAP calls of a device: authentication, its clock, what its faults mean. */
@NullMarked
@Export
@Version("1.0.0")
package solutions.itms.scs.onvif.soap;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
