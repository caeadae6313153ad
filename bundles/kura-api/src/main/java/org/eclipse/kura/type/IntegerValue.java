package org.eclipse.kura.type;

import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;

/** A value of this type. */
@Immutable
@ThreadSafe
public class IntegerValue implements TypedValue<Integer> {
    private final int value;

    public IntegerValue(int value) {
        this.value = value;
    }

    @Override
    public int compareTo(TypedValue<Integer> otherTypedValue) {
        return Integer.compare(value, otherTypedValue.getValue());
    }

    @Override
    public DataType getType() {
        return DataType.INTEGER;
    }

    @Override
    public Integer getValue() {
        return value;
    }

    @Override
    public boolean equals(Object obj) {
        return obj instanceof IntegerValue that && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return "IntegerValue [value=" + value + "]";
    }
}
