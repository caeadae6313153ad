/** What a subscriber calls. */
@Export
@Version("1.0.0")
package org.eclipse.kura.cloudconnection.subscriber.listener;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
