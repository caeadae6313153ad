package org.eclipse.kura.configuration.metatype;

import java.util.List;

/** One attribute of a configuration. */
public interface AD {
    int getCardinality();

    String getDefault();

    String getDescription();

    String getId();

    String getMax();

    String getMin();

    String getName();

    List<Option> getOption();

    Scalar getType();

    boolean isRequired();
}
