package org.eclipse.kura.type;

import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;

/** A value of this type. */
@Immutable
@ThreadSafe
public class StringValue implements TypedValue<String> {
    private final String value;

    public StringValue(String value) {
        this.value = value;
    }

    @Override
    public int compareTo(TypedValue<String> otherTypedValue) {
        return value.compareTo(otherTypedValue.getValue());
    }

    @Override
    public DataType getType() {
        return DataType.STRING;
    }

    @Override
    public String getValue() {
        return value;
    }

    @Override
    public boolean equals(Object obj) {
        return obj instanceof StringValue that && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return "StringValue [value=" + value + "]";
    }
}
