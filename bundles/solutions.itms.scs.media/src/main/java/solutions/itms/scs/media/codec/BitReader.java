package solutions.itms.scs.media.codec;

/** Reads the bits of a parameter set; past the end there are zeros. */
final class BitReader {
    private final byte[] bytes;
    private int at;

    /** Takes a unit without its header; bytes that prevent emulation are left out. */
    BitReader(byte[] unit, int from) {
        this(unit, from, true);
    }

    /** @param prevention whether there are bytes that prevent emulation */
    BitReader(byte[] unit, int from, boolean prevention) {
        byte[] plain = new byte[Math.max(0, unit.length - from)];
        int length = 0;
        int zeros = 0;
        for (int i = from; i < unit.length; i++) {
            if (prevention && zeros >= 2 && unit[i] == 3) {
                zeros = 0;
                continue;
            }
            zeros = unit[i] == 0 ? zeros + 1 : 0;
            plain[length++] = unit[i];
        }
        bytes = java.util.Arrays.copyOf(plain, length);
    }

    int u(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    boolean flag() {
        return bit() == 1;
    }

    void skip(int count) {
        at += count;
    }

    int ue() {
        int zeros = 0;
        while (zeros < 31 && bit() == 0) {
            zeros++;
        }
        return (1 << zeros) - 1 + u(zeros);
    }

    int se() {
        int value = ue();
        return (value & 1) == 1 ? (value + 1) / 2 : -value / 2;
    }

    private int bit() {
        int index = at >> 3;
        int bit = index < bytes.length ? bytes[index] >> (7 - (at & 7)) & 1 : 0;
        at++;
        return bit;
    }
}
