package solutions.itms.scs.media.rtp;

import java.nio.ByteBuffer;
import java.util.List;
import solutions.itms.scs.media.codec.H265Format;

/** H.265 (RFC 7798), without decoding order numbers. Not thread-safe. */
public final class H265Depacketizer extends UnitDepacketizer {
    private final ParameterSets video = new ParameterSets(2);
    private final ParameterSets sequence = new ParameterSets(2);
    private final ParameterSets picture = new ParameterSets(2);

    /** @param sets parameter sets of the description, with their headers */
    public H265Depacketizer(int type, List<byte[]> sets, FrameBuffer buffer, FrameListener listener) {
        super(type, buffer, listener);
        for (byte[] set : sets) {
            if (set.length > 2) {
                parameters(set[0] >> 1 & 63, set);
            }
        }
        describe();
    }

    @Override
    void payload(ByteBuffer in, int from, int to, boolean marker) {
        if (to - from < 3) {
            return;
        }
        switch (in.get(from) >> 1 & 63) {
            case 48 -> aggregate(in, from + 2, to);
            case 49 -> fragment(in, from, to);
            case 50 -> {
                // one of them alone is allowed in a packet; nobody sends it
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
        int mark = in.get(from + 2);
        if ((mark & 0x80) != 0) {
            beginFragment();
            buffer.put((byte) (in.get(from) & 0x81 | (mark & 63) << 1));
            buffer.put(in.get(from + 1));
        } else if (!inFragment()) {
            frame.damaged = true;
            return;
        }
        buffer.put(in, from + 3, to - from - 3);
        if ((mark & 0x40) != 0) {
            endFragment();
        }
    }

    @Override
    boolean looksInto(byte header) {
        return (header >> 1 & 63) >= 32;
    }

    @Override
    void unit() {
        int type = buffer.unitByte(0) >> 1 & 63;
        if (type < 32) {
            super.picture = true;
            frame.key |= type >= 16 && type <= 23;
        } else if (type <= 34) {
            parameters(type, buffer.unitBytes());
            buffer.dropUnit();
        } else if (type <= 38) {
            buffer.dropUnit(); // of no use in a file
        }
    }

    private void parameters(int type, byte[] set) {
        switch (type) {
            case 32 -> video.add(set, true);
            case 33 -> sequence.add(set, true);
            case 34 -> picture.add(set, false);
            default -> {
                // none
            }
        }
    }

    @Override
    void describe() {
        boolean changed = video.takeChanged() | sequence.takeChanged() | picture.takeChanged();
        if (!changed || video.isEmpty() || sequence.isEmpty() || picture.isEmpty()) {
            return;
        }
        try {
            frame.format = H265Format.of(video.all(), sequence.all(), picture.all());
        } catch (IllegalArgumentException e) {
            frame.damaged = true; // the sets are none: what came before holds
        }
    }
}
