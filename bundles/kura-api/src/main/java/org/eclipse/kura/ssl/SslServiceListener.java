package org.eclipse.kura.ssl;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told when TLS connections should be made anew. */
@ConsumerType
public interface SslServiceListener {
    /** Keys, certificates or settings have changed. */
    void onConfigurationUpdated();
}
