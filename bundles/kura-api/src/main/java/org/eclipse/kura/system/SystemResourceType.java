package org.eclipse.kura.system;

/** Where a piece of installed software comes from. */
public enum SystemResourceType {
    BUNDLE,
    DP,
    RPM,
    DEB,
    DOCKER,
    CONTAINER_IMAGE,
    APK,
    UNKNOWN
}
