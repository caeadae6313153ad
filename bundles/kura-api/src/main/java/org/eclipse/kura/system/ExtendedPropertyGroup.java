package org.eclipse.kura.system;

import java.util.Map;

/** Properties under one heading. */
public class ExtendedPropertyGroup {
    private final String name;
    private final Map<String, String> properties;

    public ExtendedPropertyGroup(String name, Map<String, String> properties) {
        this.name = name;
        this.properties = properties;
    }

    public String getName() {
        return name;
    }

    public Map<String, String> getProperties() {
        return properties;
    }
}
