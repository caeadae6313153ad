package org.eclipse.kura.type;

import java.util.Arrays;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;

/** A value of this type. */
@Immutable
@ThreadSafe
public class ByteArrayValue implements TypedValue<byte[]> {
    private final byte[] value;

    public ByteArrayValue(byte[] value) {
        this.value = value;
    }

    @Override
    public int compareTo(TypedValue<byte[]> otherTypedValue) {
        return Arrays.compare(value, otherTypedValue.getValue());
    }

    @Override
    public DataType getType() {
        return DataType.BYTE_ARRAY;
    }

    @Override
    public byte[] getValue() {
        return value;
    }

    @Override
    public boolean equals(Object obj) {
        return obj instanceof ByteArrayValue that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "ByteArrayValue [value=" + Arrays.toString(value) + "]";
    }
}
