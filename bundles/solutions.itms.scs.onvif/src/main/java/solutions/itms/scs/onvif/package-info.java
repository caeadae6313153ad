/** ONVIF devices: what they are, what they see, what they can be told. */
@NullMarked
@Export
@Version("1.1.0")
package solutions.itms.scs.onvif;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
