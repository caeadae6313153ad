package org.eclipse.kura.type;

import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;

/** A value of this type. */
@Immutable
@ThreadSafe
public class FloatValue implements TypedValue<Float> {
    private final float value;

    public FloatValue(float value) {
        this.value = value;
    }

    @Override
    public int compareTo(TypedValue<Float> otherTypedValue) {
        return Float.compare(value, otherTypedValue.getValue());
    }

    @Override
    public DataType getType() {
        return DataType.FLOAT;
    }

    @Override
    public Float getValue() {
        return value;
    }

    @Override
    public boolean equals(Object obj) {
        return obj instanceof FloatValue that && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return "FloatValue [value=" + value + "]";
    }
}
