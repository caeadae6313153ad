/** Who is told what happens on a channel. */
@Export
@Version("1.0.0")
package org.eclipse.kura.channel.listener;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
