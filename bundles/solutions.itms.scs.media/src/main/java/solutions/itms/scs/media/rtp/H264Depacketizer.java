package solutions.itms.scs.media.rtp;

import java.nio.ByteBuffer;
import java.util.List;
import solutions.itms.scs.media.codec.H264Format;

/** H.264 (RFC 6184), without the interleaved mode. Not thread-safe. */
public final class H264Depacketizer extends UnitDepacketizer {
    private final ParameterSets sequence = new ParameterSets(4);
    private final ParameterSets picture = new ParameterSets(1);

    /** @param sets parameter sets of the description, with their headers */
    public H264Depacketizer(int type, List<byte[]> sets, FrameBuffer buffer, FrameListener listener) {
        super(type, buffer, listener);
        for (byte[] set : sets) {
            if (set.length > 0) {
                parameters(set[0] & 31, set);
            }
        }
        describe();
    }

    @Override
    void payload(ByteBuffer in, int from, int to, boolean marker) {
        if (from >= to) {
            return;
        }
        int header = in.get(from);
        switch (header & 31) {
            case 24 -> aggregate(in, from + 1, to);
            case 28 -> fragment(in, from, to);
            case 0, 25, 26, 27, 29, 30, 31 -> {
                // nothing that is known
            }
            default -> single(in, from, to);
        }
    }

    private void aggregate(ByteBuffer in, int from, int to) {
        int at = from;
        while (at + 2 < to) {
            int length = in.getShort(at) & 0xffff;
            if (at + 2 + length > to) {
                frame.damaged = true;
                return;
            }
            single(in, at + 2, at + 2 + length);
            at += 2 + length;
        }
    }

    private void fragment(ByteBuffer in, int from, int to) {
        if (to - from < 2) {
            return;
        }
        int mark = in.get(from + 1);
        if ((mark & 0x80) != 0) {
            beginFragment();
            buffer.put((byte) (in.get(from) & 0xe0 | mark & 31));
        } else if (!inFragment()) {
            frame.damaged = true;
            return;
        }
        buffer.put(in, from + 2, to - from - 2);
        if ((mark & 0x40) != 0) {
            endFragment();
        }
    }

    @Override
    boolean looksInto(byte header) {
        int type = header & 31;
        return type >= 6 && type <= 9;
    }

    @Override
    void unit() {
        int type = buffer.unitByte(0) & 31;
        switch (type) {
            case 1, 2, 3, 4 -> super.picture = true;
            case 5 -> {
                super.picture = true;
                frame.key = true;
            }
            case 6 -> frame.key |= recovery();
            case 7, 8 -> {
                parameters(type, buffer.unitBytes());
                buffer.dropUnit();
            }
            case 9, 10, 11, 12 -> buffer.dropUnit(); // of no use in a file
            default -> {
                // kept as it is
            }
        }
    }

    /** A recovery point at this very picture makes it as good as a key frame; some cameras send no others. */
    private boolean recovery() {
        return buffer.unitLength() >= 4
                && buffer.unitByte(1) == 6
                && buffer.unitByte(2) >= 1
                && (buffer.unitByte(3) & 0x80) != 0;
    }

    private void parameters(int type, byte[] set) {
        if (type == 7) {
            sequence.add(set, true);
        } else if (type == 8) {
            picture.add(set, false);
        }
    }

    @Override
    void describe() {
        if (!(sequence.takeChanged() | picture.takeChanged()) || sequence.isEmpty() || picture.isEmpty()) {
            return;
        }
        try {
            frame.format = H264Format.of(sequence.all(), picture.all());
        } catch (IllegalArgumentException e) {
            frame.damaged = true; // the sets are none: what came before holds
        }
    }
}
