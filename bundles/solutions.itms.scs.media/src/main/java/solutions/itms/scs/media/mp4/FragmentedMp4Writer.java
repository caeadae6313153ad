package solutions.itms.scs.media.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import solutions.itms.scs.media.codec.TrackFormat;

/**
 * Makes fragmented MP4 for players that are fed while a stream runs: an init segment, then fragments, each of them one or
 * more frames of one track. Times of decoding follow the order of the frames; those of showing may differ either way. Not
 * thread-safe.
 */
public final class FragmentedMp4Writer {
    private static final int SYNC = 0x0200_0000;
    private static final int NOT_SYNC = 0x0101_0000;

    /** Takes what is to be sent, in its order; the bytes are valid during the call only. */
    public interface Sink {
        /** The next piece. */
        void write(ByteBuffer bytes) throws IOException;
    }

    /**
     * A track.
     *
     * @param format how it is decoded
     * @param rate ticks in a second
     */
    public record Track(TrackFormat format, int rate) {}

    /**
     * A frame in a fragment.
     *
     * @param size bytes of it
     * @param duration ticks until the next is decoded
     * @param offset ticks from decoding to showing
     * @param key whether it can be decoded alone
     */
    public record Sample(int size, int duration, int offset, boolean key) {}

    private final List<Track> tracks;
    private final Sink sink;
    private int sequence;

    /** For tracks, numbered from 0 in this order. */
    public FragmentedMp4Writer(List<Track> tracks, Sink sink) {
        this.tracks = List.copyOf(tracks);
        this.sink = sink;
    }

    /** The init segment; a player needs it before any fragment. */
    public void init() throws IOException {
        BoxWriter out = new BoxWriter();
        out.begin("ftyp").text("iso5").u32(0x200).text("iso5iso6mp41").end();
        out.begin("moov");
        out.begin("mvhd", 0, 0).zeros(8).u32(1_000).u32(0);
        out.u32(0x10000)
                .u16(0x100)
                .zeros(10)
                .matrix()
                .zeros(24)
                .u32(tracks.size() + 1)
                .end();
        for (int i = 0; i < tracks.size(); i++) {
            track(out, tracks.get(i), i + 1);
        }
        out.begin("mvex");
        for (int i = 0; i < tracks.size(); i++) {
            out.begin("trex", 0, 0).u32(i + 1).u32(1).zeros(12).end();
        }
        out.end().end();
        sink.write(out.result());
    }

    private static void track(BoxWriter out, Track track, int id) {
        TrackFormat format = track.format();
        boolean video = !format.audio();
        out.begin("trak");
        out.begin("tkhd", 0, 3).zeros(8).u32(id).zeros(4).u32(0).zeros(8);
        out.u16(0).u16(video ? 0 : 1).u16(video ? 0 : 0x100).u16(0).matrix();
        out.u32((long) format.width() << 16).u32((long) format.height() << 16).end();
        out.begin("mdia");
        out.begin("mdhd", 0, 0)
                .zeros(8)
                .u32(track.rate())
                .u32(0)
                .u16(0x55c4)
                .u16(0)
                .end();
        out.begin("hdlr", 0, 0).u32(0).text(video ? "vide" : "soun").zeros(12);
        out.text(video ? "Video" : "Sound").u8(0).end();
        out.begin("minf");
        if (video) {
            out.begin("vmhd", 0, 1).zeros(8).end();
        } else {
            out.begin("smhd", 0, 0).zeros(4).end();
        }
        out.begin("dinf")
                .begin("dref", 0, 0)
                .u32(1)
                .begin("url ", 0, 1)
                .end()
                .end()
                .end();
        out.begin("stbl");
        out.begin("stsd", 0, 0).u32(1).bytes(format.sampleEntry()).end();
        out.begin("stts", 0, 0).u32(0).end();
        out.begin("stsc", 0, 0).u32(0).end();
        out.begin("stsz", 0, 0).u32(0).u32(0).end();
        out.begin("stco", 0, 0).u32(0).end();
        out.end().end().end().end();
    }

    /**
     * A fragment.
     *
     * @param track number of the track
     * @param decodeTime ticks from the beginning of the stream to the decoding of its first frame
     * @param samples its frames
     * @param data all bytes of its frames, one behind the other
     */
    public void fragment(int track, long decodeTime, List<Sample> samples, ByteBuffer data) throws IOException {
        BoxWriter out = new BoxWriter();
        out.begin("moof").begin("mfhd", 0, 0).u32(++sequence).end();
        out.begin("traf");
        out.begin("tfhd", 0, 0x20000).u32(track + 1).end();
        out.begin("tfdt", 1, 0).u64(decodeTime).end();
        out.begin("trun", 1, 0xf01).u32(samples.size());
        int place = out.position();
        out.u32(0);
        for (Sample sample : samples) {
            out.u32(sample.duration())
                    .u32(sample.size())
                    .u32(sample.key() ? SYNC : NOT_SYNC)
                    .u32(sample.offset());
        }
        out.end().end().end();
        out.put32(place, out.position() + 8L);
        out.u32(8L + data.remaining()).text("mdat");
        sink.write(out.result());
        sink.write(data);
    }
}
