package org.eclipse.kura.configuration;

import org.osgi.annotation.versioning.ConsumerType;

/** A service with this type takes part in the configuration that Kura keeps; its metatype says what there is to set. */
@ConsumerType
public interface ConfigurableComponent {}
