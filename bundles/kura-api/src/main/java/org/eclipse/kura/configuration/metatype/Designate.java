package org.eclipse.kura.configuration.metatype;

/** Ties a description to a pid. */
public interface Designate {
    String getBundle();

    String getFactoryPid();

    TObject getObject();

    String getPid();

    boolean isMerge();

    boolean isOptional();
}
