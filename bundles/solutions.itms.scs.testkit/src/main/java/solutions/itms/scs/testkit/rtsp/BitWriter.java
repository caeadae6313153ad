package solutions.itms.scs.testkit.rtsp;

import java.util.Arrays;

/** Writes the bits of H.264. */
final class BitWriter {
    private byte[] bytes = new byte[4096];
    private int length;
    private int bits;
    private int pending;

    void u(int count, int value) {
        for (int i = count - 1; i >= 0; i--) {
            bit(value >>> i & 1);
        }
    }

    void ue(int value) {
        int length = 32 - Integer.numberOfLeadingZeros(value + 1);
        u(length - 1, 0);
        u(length, value + 1);
    }

    void se(int value) {
        ue(value > 0 ? 2 * value - 1 : -2 * value);
    }

    void align() {
        while (bits != 0) {
            bit(0);
        }
    }

    /** Whole bytes; only when aligned. */
    void bytes(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    /** The end of a unit: a one, then zeros. */
    void trailing() {
        bit(1);
        align();
    }

    /** With a header in front, and emulation prevented. */
    byte[] unit(int header) {
        byte[] out = new byte[length + length / 2 + 2];
        int at = 0;
        out[at++] = (byte) header;
        int zeros = 0;
        for (int i = 0; i < length; i++) {
            if (zeros >= 2 && (bytes[i] & 0xfc) == 0) {
                out[at++] = 3;
                zeros = 0;
            }
            zeros = bytes[i] == 0 ? zeros + 1 : 0;
            out[at++] = bytes[i];
        }
        return Arrays.copyOf(out, at);
    }

    private void bit(int bit) {
        pending = pending << 1 | bit;
        if (++bits == 8) {
            reserve(1);
            bytes[length++] = (byte) pending;
            bits = 0;
            pending = 0;
        }
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
