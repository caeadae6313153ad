package org.eclipse.kura.type;

/** Types of values. */
public enum DataType {
    BOOLEAN,
    BYTE_ARRAY,
    DOUBLE,
    INTEGER,
    LONG,
    FLOAT,
    STRING;

    /** The type of this name, whatever its case. @throws IllegalArgumentException when there is none */
    public static DataType getDataType(String stringDataType) {
        for (DataType type : values()) {
            if (type.name().equalsIgnoreCase(stringDataType)) {
                return type;
            }
        }
        throw new IllegalArgumentException("Cannot convert to DataType");
    }
}
