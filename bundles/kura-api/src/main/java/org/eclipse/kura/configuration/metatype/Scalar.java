package org.eclipse.kura.configuration.metatype;

/** The types of attributes. */
public enum Scalar {
    STRING("String"),
    LONG("Long"),
    DOUBLE("Double"),
    FLOAT("Float"),
    INTEGER("Integer"),
    BYTE("Byte"),
    CHAR("Char"),
    BOOLEAN("Boolean"),
    SHORT("Short"),
    PASSWORD("Password");

    private final String value;

    Scalar(String value) {
        this.value = value;
    }

    /** The name in a metatype file. */
    public String value() {
        return value;
    }

    /** The type of this name, {@code Char} or {@code Character} alike. */
    public static Scalar fromValue(String v) {
        for (Scalar scalar : values()) {
            if (scalar.value.equals(v)) {
                return scalar;
            }
        }
        if ("Character".equals(v)) {
            return CHAR;
        }
        throw new IllegalArgumentException("no attribute type is called " + v);
    }
}
