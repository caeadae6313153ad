package org.eclipse.kura.type;

import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;

/** A value of this type. */
@Immutable
@ThreadSafe
public class BooleanValue implements TypedValue<Boolean> {
    private final boolean value;

    public BooleanValue(boolean value) {
        this.value = value;
    }

    @Override
    public int compareTo(TypedValue<Boolean> otherTypedValue) {
        return Boolean.compare(value, otherTypedValue.getValue());
    }

    @Override
    public DataType getType() {
        return DataType.BOOLEAN;
    }

    @Override
    public Boolean getValue() {
        return value;
    }

    @Override
    public boolean equals(Object obj) {
        return obj instanceof BooleanValue that && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return "BooleanValue [value=" + value + "]";
    }
}
