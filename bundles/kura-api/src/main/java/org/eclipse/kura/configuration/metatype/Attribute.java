package org.eclipse.kura.configuration.metatype;

import java.util.List;

/** The value of an attribute. */
public interface Attribute {
    String getAdref();

    String getContent();

    List<String> getValue();
}
