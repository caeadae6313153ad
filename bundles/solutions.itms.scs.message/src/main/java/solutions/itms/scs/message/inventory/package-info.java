/** What devices a gateway has, on topic {@code inventory}. */
@NullMarked
@Export
@Version("1.0.0")
package solutions.itms.scs.message.inventory;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
