package solutions.itms.scs.testkit.rtsp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The pictures of a track from late to early: groups backward, the pictures of a group forward, as ONVIF wants it. */
final class ReverseFrames implements Iterator<EncodedFrame> {
    private static final long WINDOW = 10_000_000;

    private final FrameSource source;
    private final long from;
    private final long to;
    private final long earliest;
    private final Deque<EncodedFrame> ready = new ArrayDeque<>();
    private long before;

    /**
     * @param from where it begins; microseconds since 1970
     * @param to where it ends, earlier; the group in which that lies is the last one
     */
    ReverseFrames(FrameSource source, long from, long to) {
        this.source = source;
        this.from = from;
        this.to = to;
        before = from;
        Iterator<EncodedFrame> all = source.from(0);
        earliest = all.hasNext() ? all.next().micros() : Long.MAX_VALUE;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && before >= earliest) {
            fill();
        }
        return !ready.isEmpty();
    }

    @Override
    public EncodedFrame next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.removeFirst();
    }

    /** Reads the groups that begin in the window before the last one. */
    private void fill() {
        long start = Math.max(earliest, before - WINDOW);
        List<List<EncodedFrame>> groups = new ArrayList<>();
        for (Iterator<EncodedFrame> all = source.from(start); all.hasNext(); ) {
            EncodedFrame frame = all.next();
            if (frame.key() && frame.micros() > before) {
                break;
            }
            if (frame.key()) {
                groups.add(new ArrayList<>());
            }
            if (frame.micros() <= from && !groups.isEmpty()) {
                groups.get(groups.size() - 1).add(frame);
            }
        }
        before = groups.isEmpty() ? start - 1 : groups.get(0).get(0).micros() - 1;
        for (int i = groups.size() - 1; i >= 0; i--) {
            ready.addAll(groups.get(i));
            if (groups.get(i).get(0).micros() <= to) {
                before = Long.MIN_VALUE;
                return;
            }
        }
    }
}
