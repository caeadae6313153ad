package org.eclipse.kura.configuration.metatype;

/** One of the values to choose from. */
public interface Option {
    String getLabel();

    String getValue();
}
