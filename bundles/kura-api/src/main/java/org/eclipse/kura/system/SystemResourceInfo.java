package org.eclipse.kura.system;

import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;

/** A piece of installed software. */
@Immutable
@ThreadSafe
public class SystemResourceInfo {
    private final String name;
    private final String version;
    private final SystemResourceType type;
    private final String typeString;

    public SystemResourceInfo(String name) {
        this(name, "Unknown", SystemResourceType.UNKNOWN);
    }

    public SystemResourceInfo(String name, String version, SystemResourceType type) {
        this.name = name;
        this.version = version;
        this.type = type;
        this.typeString = type.name();
    }

    /** A type that is not known is kept as text. */
    public SystemResourceInfo(String name, String version, String type) {
        this.name = name;
        this.version = version;
        this.type = typeOf(type);
        this.typeString = type;
    }

    private static SystemResourceType typeOf(String text) {
        for (SystemResourceType type : SystemResourceType.values()) {
            if (type.name().equals(text)) {
                return type;
            }
        }
        return SystemResourceType.UNKNOWN;
    }

    public String getName() {
        return name;
    }

    public String getVersion() {
        return version;
    }

    public SystemResourceType getType() {
        return type;
    }

    public String getTypeString() {
        return typeString;
    }
}
