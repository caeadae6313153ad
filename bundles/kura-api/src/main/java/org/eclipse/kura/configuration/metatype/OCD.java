package org.eclipse.kura.configuration.metatype;

import java.util.List;

/** The description of a configuration. */
public interface OCD {
    List<AD> getAD();

    String getDescription();

    List<Icon> getIcon();

    String getId();

    String getName();
}
