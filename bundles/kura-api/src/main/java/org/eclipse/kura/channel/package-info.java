/** Channels of assets. */
@Export
@Version("1.3.0")
package org.eclipse.kura.channel;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
