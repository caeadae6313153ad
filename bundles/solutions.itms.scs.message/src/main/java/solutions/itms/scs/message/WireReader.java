package solutions.itms.scs.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the protocol buffer wire format from an array. Not thread-safe. Every malformed input is a checked error. */
final class WireReader {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int START_GROUP = 3;
    static final int END_GROUP = 4;
    static final int FIXED32 = 5;

    private static final int MAX_DEPTH = 32;

    private final byte[] data;
    private final int end;
    private int pos;

    WireReader(byte[] data, int from, int to) {
        this.data = data;
        this.pos = from;
        this.end = to;
    }

    boolean hasMore() {
        return pos < end;
    }

    /** The next tag, field number in the upper bits and wire type in the lower three. */
    int tag() throws MalformedPayloadException {
        int start = pos;
        // 32 bits count, as in the other implementations, however long the number was written
        int tag = (int) varint();
        if (tag >>> 3 == 0) {
            throw new MalformedPayloadException("invalid field number at byte " + start);
        }
        return tag;
    }

    long varint() throws MalformedPayloadException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            need(1);
            byte b = data[pos++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new MalformedPayloadException("varint longer than 10 bytes at byte " + (pos - 10));
    }

    double fixedDouble() throws MalformedPayloadException {
        return Double.longBitsToDouble(littleEndian(8));
    }

    float fixedFloat() throws MalformedPayloadException {
        return Float.intBitsToFloat((int) littleEndian(4));
    }

    String string() throws MalformedPayloadException {
        int length = length();
        String text = new String(data, pos, length, StandardCharsets.UTF_8);
        pos += length;
        return text;
    }

    byte[] bytes() throws MalformedPayloadException {
        int length = length();
        byte[] copy = Arrays.copyOfRange(data, pos, pos + length);
        pos += length;
        return copy;
    }

    /** A reader of the embedded message that starts here; this reader goes on behind it. */
    WireReader message() throws MalformedPayloadException {
        int length = length();
        WireReader inner = new WireReader(data, pos, pos + length);
        pos += length;
        return inner;
    }

    void skip(int tag) throws MalformedPayloadException {
        skip(tag, 0);
    }

    private void skip(int tag, int depth) throws MalformedPayloadException {
        switch (tag & 7) {
            case VARINT -> varint();
            case FIXED64 -> advance(8);
            case BYTES -> advance(length());
            case START_GROUP -> skipGroup(tag, depth);
            case FIXED32 -> advance(4);
            default -> throw new MalformedPayloadException("unexpected wire type " + (tag & 7) + " before byte " + pos);
        }
    }

    private void skipGroup(int startTag, int depth) throws MalformedPayloadException {
        if (depth >= MAX_DEPTH) {
            throw new MalformedPayloadException("groups nested deeper than " + MAX_DEPTH);
        }
        int endTag = startTag - START_GROUP + END_GROUP;
        for (int tag = tag(); tag != endTag; tag = tag()) {
            skip(tag, depth + 1);
        }
    }

    private int length() throws MalformedPayloadException {
        int start = pos;
        int length = (int) varint();
        if (length < 0 || length > end - pos) {
            throw new MalformedPayloadException("length " + length + " at byte " + start + " exceeds the message");
        }
        return length;
    }

    private long littleEndian(int size) throws MalformedPayloadException {
        need(size);
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (data[pos + i] & 0xFFL) << (8 * i);
        }
        pos += size;
        return value;
    }

    private void advance(int size) throws MalformedPayloadException {
        need(size);
        pos += size;
    }

    private void need(int size) throws MalformedPayloadException {
        if (end - pos < size) {
            throw new MalformedPayloadException("message ends early at byte " + pos);
        }
    }
}
