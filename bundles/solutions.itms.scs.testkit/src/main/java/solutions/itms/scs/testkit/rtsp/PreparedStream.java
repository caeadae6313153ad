package solutions.itms.scs.testkit.rtsp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** A whole recording as interleaved packets on channel 0, ready to be sent. At most two gigabytes. */
final class PreparedStream {
    private static final int AT_ONCE = 256 << 10;

    private final ByteBuffer packets;
    private final List<Long> times;
    private final List<Integer> ends;

    private PreparedStream(ByteBuffer packets, List<Long> times, List<Integer> ends) {
        this.packets = packets;
        this.times = times;
        this.ends = ends;
    }

    static PreparedStream of(FrameSource source) {
        long size = 0;
        List<Long> times = new ArrayList<>();
        ByteBuffer scratch = ByteBuffer.allocateDirect(4 << 20);
        long first = source.from(0).next().micros();
        Packetizer counting = new Packetizer(source, 0, first, Set.of(), 1, new AtomicBoolean());
        for (Iterator<EncodedFrame> all = source.from(0); all.hasNext(); scratch.clear()) {
            counting.write(all.next(), 0, false, false, scratch);
            size += scratch.position();
        }
        ByteBuffer packets = ByteBuffer.allocateDirect(Math.toIntExact(size));
        List<Integer> ends = new ArrayList<>();
        Packetizer packetizer = new Packetizer(source, 0, first, Set.of(), 1, new AtomicBoolean());
        for (Iterator<EncodedFrame> all = source.from(0); all.hasNext(); ) {
            EncodedFrame frame = all.next();
            times.add(frame.micros());
            packetizer.write(frame, 0, times.size() == 1, !all.hasNext(), packets);
            ends.add(packets.position());
        }
        return new PreparedStream(packets, times, ends);
    }

    /** Sends what lies between two times; {@code from} must be that of a key frame. */
    void send(Link link, long from, long to) throws IOException {
        int first = 0;
        while (first < times.size() && times.get(first) < from) {
            first++;
        }
        int last = first;
        while (last < times.size() && times.get(last) < to) {
            last++;
        }
        if (last == first) {
            return;
        }
        int end = ends.get(last - 1);
        for (int at = first == 0 ? 0 : ends.get(first - 1); at < end; at += AT_ONCE) {
            link.write(packets.slice(at, Math.min(AT_ONCE, end - at)));
        }
    }
}
