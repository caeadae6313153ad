package solutions.itms.scs.testkit.rtsp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Sends frames of some tracks, one after the other, until it is stopped. On one thread. */
final class Playback implements Runnable {
    /** One track that is sent. */
    record Track(FrameSource source, Packetizer packetizer) {}

    /**
     * What is wanted.
     *
     * @param from microseconds since 1970
     * @param to microseconds since 1970; earlier than from in reverse
     * @param reverse whether from late to early
     * @param frames which pictures: as in ONVIF's header Frames
     * @param paced whether at the pace of the recording
     * @param cseq of the request
     * @param cutAfter frames before the connection is cut; 0 = never
     * @param stopAfter frames before nothing is sent any more; 0 = never
     */
    record Wish(
            long from, long to, boolean reverse, String frames, boolean paced, int cseq, int cutAfter, int stopAfter) {}

    private final Link link;
    private final List<Track> tracks;
    private final Wish wish;
    private final Set<RtspFault> faults;
    private final ByteBuffer out = ByteBuffer.allocateDirect(4 << 20);
    private final List<Iterator<EncodedFrame>> frames = new ArrayList<>();
    private final EncodedFrame[] next;
    private final boolean[] begun;
    private boolean opening;
    private volatile boolean stopped;
    private volatile boolean paused;
    private volatile int cseq;

    Playback(Link link, List<Track> tracks, Wish wish, Set<RtspFault> faults) {
        this.link = link;
        this.tracks = tracks;
        this.wish = wish;
        this.faults = faults;
        cseq = wish.cseq();
        next = new EncodedFrame[tracks.size()];
        begun = new boolean[tracks.size()];
    }

    void stop() {
        stopped = true;
    }

    /** Sends nothing until it goes on. */
    void pause() {
        paused = true;
    }

    /** Goes on where it was. @param number of the request that asks for it */
    void resume(int number) {
        cseq = number;
        paused = false;
    }

    boolean paused() {
        return paused;
    }

    @Override
    public void run() {
        try {
            for (int i = 0; i < tracks.size(); i++) {
                FrameSource source = tracks.get(i).source();
                Iterator<EncodedFrame> all =
                        wish.reverse() ? new ReverseFrames(source, wish.from(), wish.to()) : source.from(wish.from());
                frames.add(ThinnedFrames.of(all, wish.frames()));
                advance(i);
            }
            send();
        } catch (IOException e) {
            link.close(); // the client has gone
        }
    }

    private void send() throws IOException {
        long start = System.nanoTime();
        int sent = 0;
        long zero = Long.MIN_VALUE;
        int cut = wish.cutAfter();
        for (int track = earliest(); track >= 0 && !stopped; track = earliest()) {
            EncodedFrame frame = next[track];
            advance(track);
            if (paused) {
                flush();
                rest();
            }
            if (zero == Long.MIN_VALUE) {
                zero = frame.micros();
                report(frame.micros());
            }
            if (wish.paced()) {
                pause(start + Math.abs(frame.micros() - zero) * 1_000);
            }
            boolean terminal = next[track] == null;
            boolean discontinuity = !begun[track] || (wish.reverse() ? frame.key() : frame.first());
            begun[track] = true;
            tracks.get(track).packetizer().write(marked(frame, track), cseq, discontinuity, terminal, out);
            sent++;
            if (wish.paced() || out.position() > 128 << 10) {
                flush();
            }
            if (wish.paced() && sent % 100 == 0) {
                report(frame.micros());
            }
            if (cut > 0 && sent >= cut) {
                flush();
                link.close();
                return;
            }
            if (wish.stopAfter() > 0 && sent >= wish.stopAfter()) {
                flush();
                return;
            }
        }
        end();
    }

    /** In reverse a section ends with the group that it begins with. */
    private EncodedFrame marked(EncodedFrame frame, int track) {
        if (!wish.reverse()) {
            return frame;
        }
        opening = frame.key() ? frame.first() : opening;
        EncodedFrame following = next[track];
        boolean end = opening && (following == null || following.key());
        return new EncodedFrame(frame.micros(), frame.key(), frame.first(), end, frame.units());
    }

    private void rest() {
        while (paused && !stopped) {
            LockSupport.parkNanos(2_000_000);
        }
    }

    private void end() throws IOException {
        if (faults.contains(RtspFault.BYE_AT_END)) {
            for (Track track : tracks) {
                track.packetizer().rtcp(wish.to(), true, out);
            }
        }
        flush();
        if (faults.contains(RtspFault.CLOSES_AT_END)) {
            link.close();
        }
    }

    private void report(long micros) {
        if (!faults.contains(RtspFault.NO_TIMES)) {
            for (Track track : tracks) {
                track.packetizer().rtcp(micros, false, out);
            }
        }
    }

    private void flush() throws IOException {
        out.flip();
        link.write(out);
        out.clear();
    }

    private void pause(long until) {
        for (long left = until - System.nanoTime(); left > 0 && !stopped; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void advance(int track) {
        Iterator<EncodedFrame> all = frames.get(track);
        EncodedFrame frame = all.hasNext() ? all.next() : null;
        if (wish.reverse()) {
            next[track] = frame;
            return;
        }
        // pictures that are shown earlier may follow one that is shown after the end
        while (frame != null && frame.micros() >= wish.to() && frame.micros() < wish.to() + 1_000_000 && !frame.key()) {
            frame = all.hasNext() ? all.next() : null;
        }
        next[track] = frame != null && frame.micros() < wish.to() ? frame : null;
    }

    private int earliest() {
        int earliest = -1;
        for (int i = 0; i < next.length; i++) {
            if (next[i] != null && (earliest < 0 || next[i].micros() < next[earliest].micros())) {
                earliest = i;
            }
        }
        return earliest;
    }
}
