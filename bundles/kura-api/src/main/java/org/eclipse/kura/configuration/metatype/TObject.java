package org.eclipse.kura.configuration.metatype;

import java.util.List;

/** The values for one designate. */
public interface TObject {
    List<Attribute> getAttribute();

    String getOcdref();
}
