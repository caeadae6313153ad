package solutions.itms.scs.media.mp4;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes the box {@code moov} of a whole file. */
final class Movie {
    static final int TIMESCALE = 90_000;
    private static final long TO_1904 = 2_082_844_800L;
    /** What players know as the date of a recording; its first byte is not UTF-8. */
    private static final byte[] DAY = {(byte) 0xa9, 'd', 'a', 'y'};

    /** One track. Times are ticks of its clock since 1970. */
    record Track(SampleTable samples, int rate, boolean video) {}

    /** Where playing begins and ends, microseconds since 1970. */
    private final long from;

    private final long to;
    private final List<Track> tracks;
    private final BoxWriter out = new BoxWriter();
    private boolean large;

    Movie(List<Track> tracks, long fromMicros, long toMicros) {
        this.tracks =
                tracks.stream().filter(track -> track.samples().count() > 0).toList();
        from = fromMicros;
        to = toMicros;
    }

    ByteBuffer box() {
        for (Track track : tracks) {
            large |= track.samples().end() > 0xffff_ffffL - (64 << 20);
        }
        out.begin("moov");
        long duration = scaled(to - from, TIMESCALE);
        out.begin("mvhd", 1, 0).u64(seconds()).u64(seconds()).u32(TIMESCALE).u64(duration);
        out.u32(0x10000)
                .u16(0x100)
                .zeros(10)
                .matrix()
                .zeros(24)
                .u32(tracks.size() + 1)
                .end();
        for (int i = 0; i < tracks.size(); i++) {
            track(tracks.get(i), i + 1);
        }
        date();
        return out.end().result();
    }

    private long seconds() {
        return Math.floorDiv(from, 1_000_000L) + TO_1904;
    }

    /** The time at which playing begins, to the millisecond. */
    private void date() {
        String text = Instant.ofEpochMilli(Math.floorDiv(from, 1_000L)).toString();
        out.begin("udta").begin("meta", 0, 0);
        out.begin("hdlr", 0, 0).u32(0).text("mdir").text("appl").zeros(9).end();
        out.begin("ilst")
                .begin(DAY)
                .begin("data")
                .u32(1)
                .u32(0)
                .text(text)
                .end()
                .end()
                .end();
        out.end().end();
    }

    private static long scaled(long micros, long rate) {
        return Math.floorDiv(micros, 1_000_000L) * rate
                + (Math.floorMod(micros, 1_000_000L) * rate + 500_000) / 1_000_000;
    }

    private void track(Track track, int id) {
        SampleTable samples = track.samples();
        long[] decoding = samples.decodingTimes();
        long lasts = lasts(decoding, track);
        long mediaDuration = decoding[decoding.length - 1] + lasts - decoding[0];
        long zero = samples.first(); // shown first
        int width = samples.formats().stream()
                .mapToInt(format -> format.width())
                .max()
                .orElse(0);
        int height = samples.formats().stream()
                .mapToInt(format -> format.height())
                .max()
                .orElse(0);
        out.begin("trak");
        out.begin("tkhd", 1, 3).u64(seconds()).u64(seconds()).u32(id).u32(0).u64(scaled(to - from, TIMESCALE));
        out.zeros(8)
                .u16(0)
                .u16(track.video() ? 0 : 1)
                .u16(track.video() ? 0 : 0x100)
                .u16(0)
                .matrix();
        out.u32((long) width << 16).u32((long) height << 16).end();
        edits(track, decoding[0], zero, samples.last() + lasts);
        out.begin("mdia");
        out.begin("mdhd", 1, 0)
                .u64(seconds())
                .u64(seconds())
                .u32(track.rate())
                .u64(mediaDuration)
                .u16(0x55c4)
                .u16(0)
                .end();
        out.begin("hdlr", 0, 0).u32(0).text(track.video() ? "vide" : "soun").zeros(12);
        out.text(track.video() ? "Video" : "Sound").u8(0).end();
        out.begin("minf");
        if (track.video()) {
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
        table(track, decoding, lasts);
        out.end().end().end();
    }

    /** From recorded time to playing: what is before the start is decoded and not shown. */
    private void edits(Track track, long decodedFirst, long shownFirst, long end) {
        long start = scaled(from, track.rate());
        long stop = Math.min(end, scaled(to, track.rate()));
        long empty = Math.max(0, shownFirst - start);
        long media = Math.max(start, shownFirst) - decodedFirst;
        long shown = Math.max(1, stop - Math.max(start, shownFirst));
        out.begin("edts").begin("elst", 1, 0).u32(empty > 0 ? 2 : 1);
        if (empty > 0) {
            out.u64(empty * TIMESCALE / track.rate()).u64(-1).u32(0x10000);
        }
        out.u64(Math.max(1, shown * TIMESCALE / track.rate())).u64(media).u32(0x10000);
        out.end().end();
    }

    /** How long the last sample is shown: as long as most are. */
    private static long lasts(long[] decoding, Track track) {
        if (decoding.length < 2) {
            return track.rate() / 25;
        }
        int from = Math.max(1, decoding.length - 31);
        List<Long> steps = new ArrayList<>();
        for (int i = from; i < decoding.length; i++) {
            steps.add(decoding[i] - decoding[i - 1]);
        }
        steps.sort(null);
        return steps.get(steps.size() / 2);
    }

    private void table(Track track, long[] decoding, long lasts) {
        SampleTable samples = track.samples();
        out.begin("stbl");
        out.begin("stsd", 0, 0).u32(samples.formats().size());
        samples.formats().forEach(format -> out.bytes(format.sampleEntry()));
        out.end();
        out.begin("stts", 0, 0);
        runs(samples.count(), i -> i + 1 < decoding.length ? decoding[i + 1] - decoding[i] : lasts);
        out.end();
        boolean reordered = false;
        for (int i = 0; i < samples.count() && !reordered; i++) {
            reordered = samples.time(i) != decoding[i];
        }
        if (reordered) {
            out.begin("ctts", 0, 0);
            runs(samples.count(), i -> samples.time(i) - decoding[i]);
            out.end();
        }
        if (track.video()) {
            keys(samples);
        }
        chunks(samples);
        out.end();
    }

    private interface Values {
        long at(int sample);
    }

    private void runs(int count, Values values) {
        int place = out.position();
        out.u32(0);
        int entries = 0;
        for (int i = 0; i < count; ) {
            long value = values.at(i);
            int end = i + 1;
            while (end < count && values.at(end) == value) {
                end++;
            }
            out.u32(end - i).u32(value);
            entries++;
            i = end;
        }
        out.put32(place, entries);
    }

    private void keys(SampleTable samples) {
        out.begin("stss", 0, 0).u32(samples.keyFrames());
        for (int i = 0; i < samples.count(); i++) {
            if (samples.key(i)) {
                out.u32(i + 1);
            }
        }
        out.end();
    }

    private void chunks(SampleTable samples) {
        List<SampleTable.Chunk> chunks = samples.chunks();
        out.begin("stsc", 0, 0);
        int place = out.position();
        out.u32(0);
        int entries = 0;
        for (int i = 0; i < chunks.size(); i++) {
            SampleTable.Chunk chunk = chunks.get(i);
            SampleTable.Chunk before = i == 0 ? chunk : chunks.get(i - 1);
            if (i == 0 || before.count() != chunk.count() || before.format() != chunk.format()) {
                out.u32(i + 1).u32(chunk.count()).u32(chunk.format() + 1);
                entries++;
            }
        }
        out.put32(place, entries);
        out.end();
        out.begin("stsz", 0, 0).u32(0).u32(samples.count());
        for (int i = 0; i < samples.count(); i++) {
            out.u32(samples.size(i));
        }
        out.end();
        out.begin(large ? "co64" : "stco", 0, 0).u32(chunks.size());
        for (SampleTable.Chunk chunk : chunks) {
            if (large) {
                out.u64(chunk.offset());
            } else {
                out.u32(chunk.offset());
            }
        }
        out.end();
    }
}
