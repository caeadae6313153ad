/** Making and removing cloud connections. */
@Export
@Version("1.0.0")
package org.eclipse.kura.cloudconnection.factory;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
