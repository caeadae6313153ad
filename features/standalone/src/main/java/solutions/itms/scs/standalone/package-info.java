/** A gateway without Kura: starts an OSGi framework with our bundles, configured by file and environment. */
@NullMarked
package solutions.itms.scs.standalone;

import org.jspecify.annotations.NullMarked;
