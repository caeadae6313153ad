package solutions.itms.scs.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the protocol buffer wire format into a growing array. Not thread-safe. */
final class WireWriter {
    private byte[] buffer = new byte[256];
    private int size;

    byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    void varintField(int field, long value) {
        tag(field, WireReader.VARINT);
        varint(value);
    }

    void doubleField(int field, double value) {
        tag(field, WireReader.FIXED64);
        littleEndian(Double.doubleToRawLongBits(value), 8);
    }

    void floatField(int field, float value) {
        tag(field, WireReader.FIXED32);
        littleEndian(Float.floatToRawIntBits(value), 4);
    }

    void stringField(int field, String value) {
        bytesField(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void bytesField(int field, byte[] value) {
        tag(field, WireReader.BYTES);
        varint(value.length);
        reserve(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
    }

    void messageField(int field, WireWriter message) {
        bytesField(field, message.toByteArray());
    }

    private void tag(int field, int wireType) {
        varint((long) field << 3 | wireType);
    }

    private void varint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    private void littleEndian(long value, int bytes) {
        reserve(bytes);
        for (int i = 0; i < bytes; i++) {
            buffer[size++] = (byte) (value >>> (8 * i));
        }
    }

    private void reserve(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
