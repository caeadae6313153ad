package org.eclipse.kura.type;

import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;

/** A value of this type. */
@Immutable
@ThreadSafe
public class DoubleValue implements TypedValue<Double> {
    private final double value;

    public DoubleValue(double value) {
        this.value = value;
    }

    @Override
    public int compareTo(TypedValue<Double> otherTypedValue) {
        return Double.compare(value, otherTypedValue.getValue());
    }

    @Override
    public DataType getType() {
        return DataType.DOUBLE;
    }

    @Override
    public Double getValue() {
        return value;
    }

    @Override
    public boolean equals(Object obj) {
        return obj instanceof DoubleValue that && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return "DoubleValue [value=" + value + "]";
    }
}
