package org.eclipse.kura.system;

import java.util.List;

/** Further properties of the machine, in groups. */
public class ExtendedProperties {
    private final String version;
    private final List<ExtendedPropertyGroup> groups;

    public ExtendedProperties(String version, List<ExtendedPropertyGroup> groups) {
        this.version = version;
        this.groups = groups;
    }

    public String getVersion() {
        return version;
    }

    public List<ExtendedPropertyGroup> getPropertyGroups() {
        return groups;
    }
}
