package solutions.itms.scs.testkit.rtsp;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is left of the pictures when fewer are asked for with ONVIF's header Frames. */
final class ThinnedFrames implements Iterator<EncodedFrame> {
    private static final Pattern INTRA = Pattern.compile("intra(?:/(\\d{1,9}))?");

    private final Iterator<EncodedFrame> all;
    private final boolean intra;
    private final long interval;
    private long last = Long.MIN_VALUE;
    private long latest = Long.MIN_VALUE;

    @Nullable
    private EncodedFrame next;

    private ThinnedFrames(Iterator<EncodedFrame> all, boolean intra, long interval) {
        this.all = all;
        this.intra = intra;
        this.interval = interval;
        advance();
    }

    /** @param wanted intra, intra/milliseconds, predicted, all; empty for all */
    static Iterator<EncodedFrame> of(Iterator<EncodedFrame> frames, String wanted) {
        Matcher keys = INTRA.matcher(wanted);
        if (keys.matches()) {
            return new ThinnedFrames(frames, true, keys.group(1) == null ? 0 : Long.parseLong(keys.group(1)) * 1_000);
        }
        return wanted.equals("predicted") ? new ThinnedFrames(frames, false, 0) : frames;
    }

    /** Whether a value of the header is one of the standard's. */
    static boolean known(String wanted) {
        return wanted.isEmpty()
                || wanted.equals("all")
                || wanted.equals("predicted")
                || INTRA.matcher(wanted).matches();
    }

    private void advance() {
        next = null;
        while (next == null && all.hasNext()) {
            EncodedFrame frame = all.next();
            next = takes(frame) ? frame : null;
        }
    }

    private boolean takes(EncodedFrame frame) {
        if (!intra) {
            // what is shown earlier than it is sent is made from both sides
            boolean predicted = frame.key() || frame.micros() > latest;
            latest = frame.key() ? frame.micros() : Math.max(latest, frame.micros());
            return predicted;
        }
        boolean wanted = frame.key() && (last == Long.MIN_VALUE || Math.abs(frame.micros() - last) >= interval);
        last = wanted ? frame.micros() : last;
        return wanted;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public EncodedFrame next() {
        EncodedFrame frame = next;
        if (frame == null) {
            throw new NoSuchElementException();
        }
        advance();
        return frame;
    }
}
