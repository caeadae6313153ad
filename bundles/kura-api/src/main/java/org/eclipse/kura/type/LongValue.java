package org.eclipse.kura.type;

import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;

/** A value of this type. */
@Immutable
@ThreadSafe
public class LongValue implements TypedValue<Long> {
    private final long value;

    public LongValue(long value) {
        this.value = value;
    }

    @Override
    public int compareTo(TypedValue<Long> otherTypedValue) {
        return Long.compare(value, otherTypedValue.getValue());
    }

    @Override
    public DataType getType() {
        return DataType.LONG;
    }

    @Override
    public Long getValue() {
        return value;
    }

    @Override
    public boolean equals(Object obj) {
        return obj instanceof LongValue that && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return "LongValue [value=" + value + "]";
    }
}
