package solutions.itms.scs.media.rtp;

import java.nio.ByteBuffer;

/** What H.264 and H.265 have in common: units, fragments of units, several in one packet. */
abstract class UnitDepacketizer extends Depacketizer {
    /** Units that are not longer are looked through for start codes: some cameras leave them in. */
    private static final int LOOKED_THROUGH = 64 * 1024;

    private boolean fragment;
    boolean picture;

    UnitDepacketizer(int type, FrameBuffer buffer, FrameListener listener) {
        super(type, buffer, listener);
    }

    /** A whole unit is in the buffer: it is kept, or taken out. */
    abstract void unit();

    /** Whether a unit whose first byte is this can hold others behind start codes, being no picture. */
    abstract boolean looksInto(byte header);

    final void single(ByteBuffer in, int from, int to) {
        abandon();
        if (to <= from) {
            return;
        }
        int start = from;
        for (int i = from; i + 2 < to; i++) {
            if ((in.get(i + 2) & 0xfe) != 0) {
                i += 2; // no start code can begin here
            } else if (in.get(i) == 0 && in.get(i + 1) == 0 && in.get(i + 2) == 1) {
                whole(in, start, i);
                start = i + 3;
                i += 2;
            }
        }
        whole(in, start, to);
    }

    private void whole(ByteBuffer in, int from, int to) {
        int end = to;
        while (end > from && in.get(end - 1) == 0) {
            end--; // zeros before a start code, or after a unit
        }
        if (end > from) {
            buffer.beginUnit();
            buffer.put(in, from, end - from);
            done();
        }
    }

    final void beginFragment() {
        abandon();
        buffer.beginUnit();
        fragment = true;
    }

    final boolean inFragment() {
        return fragment;
    }

    final void endFragment() {
        fragment = false;
        if (buffer.overflow() || buffer.unitLength() <= 0) {
            buffer.dropUnit();
        } else if (looksInto(buffer.unitByte(0)) && buffer.unitLength() <= LOOKED_THROUGH) {
            byte[] all = buffer.unitBytes();
            buffer.dropUnit();
            single(ByteBuffer.wrap(all), 0, all.length);
        } else {
            done();
        }
    }

    private void done() {
        if (buffer.overflow()) {
            buffer.dropUnit();
            return;
        }
        unit();
        if (buffer.inUnit()) {
            buffer.endUnit();
        }
    }

    /** A unit that never came to its end is of no use. */
    final void abandon() {
        if (fragment) {
            fragment = false;
            buffer.dropUnit();
            frame.damaged = true;
        }
    }

    @Override
    final void lossInside() {
        if (fragment) {
            fragment = false;
            buffer.dropUnit();
            frame.damaged = true;
        }
    }

    @Override
    final boolean complete() {
        return picture && !fragment;
    }

    @Override
    final void endFrame() {
        abandon();
        if (!picture) {
            buffer.rollback(); // no picture in it: nothing to be shown
        }
        picture = false;
        describe();
    }

    /** Makes the format anew when parameter sets have changed. */
    abstract void describe();
}
