/** Reading the configuration of a component. */
@NullMarked
@Export
@Version("1.1.0")
package solutions.itms.scs.api.settings;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
