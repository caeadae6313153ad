package org.eclipse.kura.type;

import java.util.Base64;

/** Makes values. */
public final class TypedValues {
    private TypedValues() {}

    public static BooleanValue newBooleanValue(boolean value) {
        return new BooleanValue(value);
    }

    public static ByteArrayValue newByteArrayValue(byte[] value) {
        return new ByteArrayValue(value);
    }

    public static DoubleValue newDoubleValue(double value) {
        return new DoubleValue(value);
    }

    public static FloatValue newFloatValue(float value) {
        return new FloatValue(value);
    }

    public static IntegerValue newIntegerValue(int value) {
        return new IntegerValue(value);
    }

    public static LongValue newLongValue(long value) {
        return new LongValue(value);
    }

    public static StringValue newStringValue(String value) {
        return new StringValue(value);
    }

    /** @throws IllegalArgumentException when it is of no type that a channel has */
    public static TypedValue<?> newTypedValue(Object value) {
        if (value instanceof Boolean flag) {
            return newBooleanValue(flag);
        }
        if (value instanceof Double number) {
            return newDoubleValue(number);
        }
        if (value instanceof Float number) {
            return newFloatValue(number);
        }
        if (value instanceof Integer number) {
            return newIntegerValue(number);
        }
        if (value instanceof Long number) {
            return newLongValue(number);
        }
        if (value instanceof byte[] bytes) {
            return newByteArrayValue(bytes);
        }
        if (value instanceof String text) {
            return newStringValue(text);
        }
        throw new IllegalArgumentException("Cannot convert to TypedValue");
    }

    /** @throws IllegalArgumentException when it is no text of this type */
    public static TypedValue<?> parseTypedValue(DataType type, String value) {
        return switch (type) {
            case BOOLEAN -> newBooleanValue(Boolean.parseBoolean(value));
            case DOUBLE -> newDoubleValue(Double.parseDouble(value));
            case FLOAT -> newFloatValue(Float.parseFloat(value));
            case INTEGER -> newIntegerValue(Integer.parseInt(value));
            case LONG -> newLongValue(Long.parseLong(value));
            case STRING -> newStringValue(value);
            case BYTE_ARRAY -> newByteArrayValue(Base64.getDecoder().decode(value));
        };
    }
}
