package solutions.itms.scs.media.clip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.Base64;
import solutions.itms.scs.media.rtp.Depacketizer;
import solutions.itms.scs.media.rtp.FrameBuffer;
import solutions.itms.scs.media.rtsp.PacketListener;
import solutions.itms.scs.media.rtsp.Sdp;

/** What people do without us: the elementary stream into a file. */
final class ElementaryDump implements PacketListener {
    private static final byte[] START_CODE = {0, 0, 0, 1};

    private final String uri;
    private final FileChannel file;
    private final FrameBuffer buffer = new FrameBuffer(1 << 20, 16 << 20);
    private Depacketizer depacketizer;
    private boolean terminal;

    ElementaryDump(String uri, FileChannel file) {
        this.uri = uri;
        this.file = file;
    }

    void run(Instant from, Instant to) throws IOException {
        ReplayCall call = new ReplayCall(ClipSource.of(uri, null, ReplayStyle.ONVIF), 5_000);
        try (var session = call.open(this)) {
            Sdp.Track track = session.description().tracks().get(0);
            String sets = track.format().get("sprop-parameter-sets");
            for (String set : sets.split(",")) {
                file.write(ByteBuffer.wrap(START_CODE));
                file.write(ByteBuffer.wrap(Base64.getDecoder().decode(set)));
            }
            depacketizer = Receivers.of(track, buffer, frame -> {
                terminal |= frame.terminal();
                frame.commit();
            });
            session.setup(track, 0, call.setupHeaders());
            session.play(call.playHeaders(from, to));
            while (!terminal) {
                session.poll(1_000);
                if (buffer.whole() > 512 << 10) {
                    write();
                }
            }
            write();
        }
    }

    private void write() throws IOException {
        ByteBuffer frames = buffer.wholeFrames();
        for (int at = 0; at < frames.limit(); ) {
            int length = frames.getInt(at);
            frames.put(at, START_CODE);
            at += 4 + length;
        }
        while (frames.hasRemaining()) {
            file.write(frames);
        }
        buffer.clear(buffer.whole());
    }

    @Override
    public void packet(int channel, ByteBuffer in, int from, int to) {
        if (channel == 0) {
            depacketizer.packet(in, from, to);
        }
    }

    @Override
    public boolean expects(int channel) {
        return channel == 0;
    }
}
