package solutions.itms.scs.media.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import solutions.itms.scs.media.codec.TrackFormat;
import solutions.itms.scs.media.rtp.FrameBuffer;

/**
 * Writes an MP4 file in one pass, with the index in front of the pictures: room is left for it. When it turns out larger,
 * the pictures are moved once. Not thread-safe.
 */
public final class Mp4Writer implements AutoCloseable {
    private static final int FLUSH = 512 * 1024;
    private static final int MDAT_HEADER = 16;

    private final FileChannel file;
    private final int reserved;
    private final List<Writing> tracks = new ArrayList<>();
    private long position;

    private record Writing(Movie.Track track, FrameBuffer buffer) {}

    /**
     * Begins a file; what was in it is gone.
     *
     * @param reserve bytes for the index, see {@link #reserveFor}
     */
    public Mp4Writer(Path path, int reserve) throws IOException {
        file = FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        reserved = reserve;
        position = head().remaining() + reserve + MDAT_HEADER;
    }

    /** Room for the index of so many seconds, with 30 pictures and 50 pieces of sound in each. */
    public static int reserveFor(long seconds) {
        return (int) Math.min(64 << 20, 16 * 1024 + seconds * (30 * 16 + 50 * 5));
    }

    /**
     * Adds a track.
     *
     * @param rate ticks in a second
     * @param buffer in which its frames are put together
     * @return its number
     */
    public int track(boolean video, int rate, FrameBuffer buffer) {
        tracks.add(new Writing(new Movie.Track(new SampleTable(), rate, video), buffer));
        return tracks.size() - 1;
    }

    /**
     * The next frame of a track has just been committed in its buffer.
     *
     * @param time when it is shown, ticks since 1970
     */
    public void add(int track, TrackFormat format, long time, int size, boolean key) throws IOException {
        Writing writing = tracks.get(track);
        SampleTable samples = writing.track().samples();
        if (samples.changes(format)) {
            int before = writing.buffer().whole() - size;
            flush(writing, before);
        }
        samples.add(format, time, size, key);
        if (writing.buffer().whole() >= FLUSH
                || !writing.track().video() && writing.buffer().whole() >= FLUSH / 16) {
            flush();
        }
    }

    /** Samples of a track. */
    public int count(int track) {
        return samples(track).count();
    }

    /** How many of them can be decoded alone. */
    public int keyFrames(int track) {
        return samples(track).keyFrames();
    }

    /** When the earliest sample is shown; there must be one. */
    public long first(int track) {
        return samples(track).first();
    }

    /** When the latest sample is shown; there must be one. */
    public long last(int track) {
        return samples(track).last();
    }

    /** The formats that a track has had. */
    public List<TrackFormat> formats(int track) {
        return List.copyOf(samples(track).formats());
    }

    /** The times of all samples of a track, as they are shown. */
    public long[] times(int track) {
        SampleTable samples = samples(track);
        long[] times = new long[samples.count()];
        for (int i = 0; i < times.length; i++) {
            times[i] = samples.time(i);
        }
        java.util.Arrays.sort(times);
        return times;
    }

    /** Bytes of the file so far. */
    public long bytes() {
        long bytes = position;
        for (Writing writing : tracks) {
            bytes += writing.buffer().whole();
        }
        return bytes;
    }

    /** Forgets all samples of a track from one on. A frame in the making stays. */
    public void truncate(int track, int samples) throws IOException {
        flush();
        samples(track).truncate(samples);
        rewind();
    }

    private void rewind() {
        position = head().remaining() + reserved + MDAT_HEADER;
        for (Writing writing : tracks) {
            position = Math.max(position, writing.track().samples().end());
        }
    }

    /**
     * Forgets all samples of a track but the frame that was just committed in its buffer, and not added yet.
     *
     * @param size of that frame
     */
    public void restart(int track, int size) throws IOException {
        Writing writing = tracks.get(track);
        int before = writing.buffer().whole() - size;
        flush(writing, before);
        writing.track().samples().truncate(0);
        rewind();
    }

    /**
     * Forgets all samples of a track that are shown at a time or later; they must be the last.
     *
     * @param time ticks since 1970
     */
    public void truncateAt(int track, long time) throws IOException {
        SampleTable samples = samples(track);
        int keep = samples.count();
        while (keep > 0 && samples.time(keep - 1) >= time) {
            keep--;
        }
        truncate(track, keep);
    }

    /**
     * Puts the samples of the last track, which is given up by that, in the place of those of another one between two times,
     * when there are more of them. Used at the end: nothing may be added or taken away behind it.
     *
     * @param to the first time that stays, ticks since 1970
     * @return how many samples there are more than before
     */
    public int splice(int track, long to) throws IOException {
        flush();
        SampleTable part = tracks.remove(tracks.size() - 1).track().samples();
        int keep = part.count();
        while (keep > 0 && part.time(keep - 1) >= to) {
            keep--;
        }
        part.truncate(keep);
        return keep == 0 ? 0 : Math.max(0, samples(track).splice(part, part.first(), to));
    }

    private SampleTable samples(int track) {
        return tracks.get(track).track().samples();
    }

    private void flush() throws IOException {
        for (Writing writing : tracks) {
            flush(writing, writing.buffer().whole());
        }
    }

    private void flush(Writing writing, int length) throws IOException {
        if (length <= 0) {
            return;
        }
        writing.track().samples().chunk(position);
        ByteBuffer bytes = writing.buffer().wholeFrames().limit(length);
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
        writing.buffer().clear(length);
    }

    /**
     * Writes the index. The file is not flushed to the disk: whoever keeps it does that.
     *
     * @param from where playing begins, microseconds since 1970
     * @param to where it ends
     */
    public long finish(long from, long to) throws IOException {
        flush();
        List<Movie.Track> all = tracks.stream().map(Writing::track).toList();
        ByteBuffer head = head();
        ByteBuffer moov = new Movie(all, from, to).box();
        int room = head.remaining() + reserved;
        int left = room - head.remaining() - moov.remaining();
        if (left != 0 && left < 8) {
            int by = moov.remaining() + 64 * 1024 - reserved;
            move(room, by);
            all.forEach(track -> track.samples().shift(by));
            moov = new Movie(all, from, to).box();
            room += by;
            left = room - head.remaining() - moov.remaining();
        }
        long data = room;
        write(head, 0);
        write(moov, head.limit());
        if (left > 0) {
            write(ByteBuffer.allocate(8).putInt(left).putInt(0x66726565).flip(), data - left);
        }
        write(
                ByteBuffer.allocate(16)
                        .putInt(1)
                        .putInt(0x6d646174)
                        .putLong(position - data)
                        .flip(),
                data);
        file.truncate(position);
        return position;
    }

    /** Makes room before the data, from the end to the beginning. */
    private void move(long from, int by) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(1 << 20);
        for (long end = position; end > from; ) {
            long start = Math.max(from, end - block.capacity());
            block.clear().limit((int) (end - start));
            for (long at = start; block.hasRemaining(); ) {
                int count = file.read(block, at);
                if (count < 0) {
                    throw new IOException("the file has become shorter");
                }
                at += count;
            }
            write(block.flip(), start + by);
            end = start;
        }
        position += by;
    }

    private void write(ByteBuffer bytes, long at) throws IOException {
        for (long to = at; bytes.hasRemaining(); ) {
            to += file.write(bytes, to);
        }
    }

    private static ByteBuffer head() {
        return new BoxWriter()
                .begin("ftyp")
                .text("isom")
                .u32(0x200)
                .text("isomiso2avc1mp41")
                .end()
                .result();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
