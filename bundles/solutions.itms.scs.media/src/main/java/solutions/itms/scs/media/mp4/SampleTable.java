package solutions.itms.scs.media.mp4;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import solutions.itms.scs.media.codec.TrackFormat;

/** What is in a file of one track: samples in the order of decoding, in chunks. Not thread-safe. */
final class SampleTable {
    /** A run of samples that lie one behind the other. */
    record Chunk(long offset, int first, int count, int format) {}

    private final List<TrackFormat> formats = new ArrayList<>();
    private final List<Chunk> chunks = new ArrayList<>();
    private long[] times = new long[1024];
    private int[] sizes = new int[1024];
    private boolean[] keys = new boolean[1024];
    private int count;
    private int inChunks;
    private int format = -1;

    /** Whether samples of another format must begin a new chunk. */
    boolean changes(TrackFormat next) {
        return format >= 0 && !formats.get(format).equals(next);
    }

    void add(TrackFormat next, long time, int size, boolean key) {
        if (format < 0 || !formats.get(format).equals(next)) {
            format = formats.indexOf(next);
            if (format < 0) {
                format = formats.size();
                formats.add(next);
            }
        }
        if (count == sizes.length) {
            times = Arrays.copyOf(times, 2 * count);
            sizes = Arrays.copyOf(sizes, 2 * count);
            keys = Arrays.copyOf(keys, 2 * count);
        }
        times[count] = time;
        sizes[count] = size;
        keys[count] = key;
        count++;
    }

    /** All samples that are in no chunk yet were written there. */
    void chunk(long offset) {
        if (count > inChunks) {
            chunks.add(new Chunk(offset, inChunks, count - inChunks, format));
            inChunks = count;
        }
    }

    /** Forgets samples from one on; all must be in chunks. */
    void truncate(int samples) {
        count = Math.min(count, samples);
        while (!chunks.isEmpty() && chunks.get(chunks.size() - 1).first() >= count) {
            chunks.remove(chunks.size() - 1);
        }
        if (!chunks.isEmpty()) {
            Chunk last = chunks.remove(chunks.size() - 1);
            chunks.add(new Chunk(last.offset(), last.first(), count - last.first(), last.format()));
            format = last.format();
        } else {
            format = -1;
            formats.clear();
        }
        inChunks = count;
    }

    /** Where the last chunk ends; 0 without chunks. */
    long end() {
        if (chunks.isEmpty()) {
            return 0;
        }
        Chunk last = chunks.get(chunks.size() - 1);
        long end = last.offset();
        for (int i = last.first(); i < last.first() + last.count(); i++) {
            end += sizes[i];
        }
        return end;
    }

    /**
     * Puts samples of another table, which must all be in chunks, in the place of those between two times.
     *
     * @param from the earliest time
     * @param to the first time that stays; a key frame at or after it begins what follows
     * @return how many samples there are more than before
     */
    int splice(SampleTable other, long from, long to) {
        int end = 0;
        while (end < count && !(keys[end] && times[end] >= to)) {
            end++;
        }
        int start = end;
        while (start > 0 && times[start - 1] >= from) {
            start--;
        }
        int more = other.count - (end - start);
        if (more <= 0) {
            return more;
        }
        List<Chunk> after = new ArrayList<>();
        List<Chunk> before = new ArrayList<>();
        for (Chunk chunk : chunks) {
            part(chunk, 0, start, 0, before);
            part(chunk, end, count, more, after);
        }
        chunks.clear();
        chunks.addAll(before);
        for (Chunk chunk : other.chunks) {
            chunks.add(new Chunk(
                    chunk.offset(), start + chunk.first(), chunk.count(), number(other.formats.get(chunk.format()))));
        }
        chunks.addAll(after);
        times = joined(times, start, other.times, other.count, end);
        sizes = joined(sizes, start, other.sizes, other.count, end);
        boolean[] marks = new boolean[times.length];
        System.arraycopy(keys, 0, marks, 0, start);
        System.arraycopy(other.keys, 0, marks, start, other.count);
        System.arraycopy(keys, end, marks, start + other.count, count - end);
        keys = marks;
        count += more;
        inChunks = count;
        return more;
    }

    /** The part of a chunk that lies between two samples, counted anew. */
    private void part(Chunk chunk, int from, int to, int shift, List<Chunk> out) {
        int first = Math.max(from, chunk.first());
        int last = Math.min(to, chunk.first() + chunk.count());
        if (first < last) {
            long offset = chunk.offset();
            for (int i = chunk.first(); i < first; i++) {
                offset += sizes[i];
            }
            out.add(new Chunk(offset, first + shift, last - first, chunk.format()));
        }
    }

    private int number(TrackFormat wanted) {
        int known = formats.indexOf(wanted);
        if (known < 0) {
            formats.add(wanted);
            return formats.size() - 1;
        }
        return known;
    }

    private long[] joined(long[] mine, int start, long[] others, int length, int end) {
        long[] out = new long[start + length + count - end];
        System.arraycopy(mine, 0, out, 0, start);
        System.arraycopy(others, 0, out, start, length);
        System.arraycopy(mine, end, out, start + length, count - end);
        return out;
    }

    private int[] joined(int[] mine, int start, int[] others, int length, int end) {
        int[] out = new int[start + length + count - end];
        System.arraycopy(mine, 0, out, 0, start);
        System.arraycopy(others, 0, out, start, length);
        System.arraycopy(mine, end, out, start + length, count - end);
        return out;
    }

    /** Moves all chunks. */
    void shift(long by) {
        chunks.replaceAll(chunk -> new Chunk(chunk.offset() + by, chunk.first(), chunk.count(), chunk.format()));
    }

    int count() {
        return count;
    }

    int keyFrames() {
        int found = 0;
        for (int i = 0; i < count; i++) {
            found += keys[i] ? 1 : 0;
        }
        return found;
    }

    long time(int sample) {
        return times[sample];
    }

    int size(int sample) {
        return sizes[sample];
    }

    boolean key(int sample) {
        return keys[sample];
    }

    List<Chunk> chunks() {
        return chunks;
    }

    List<TrackFormat> formats() {
        return formats;
    }

    /** The earliest time; there must be a sample. */
    long first() {
        return Arrays.stream(times, 0, count).min().orElseThrow();
    }

    /** The latest time; there must be a sample. */
    long last() {
        return Arrays.stream(times, 0, count).max().orElseThrow();
    }

    /**
     * Times of decoding: as the samples are shown in, sorted, and so much earlier that none is shown before it is decoded.
     * Strictly rising.
     */
    long[] decodingTimes() {
        long[] sorted = Arrays.copyOf(times, count);
        Arrays.sort(sorted);
        long early = 0;
        for (int i = 0; i < count; i++) {
            if (i > 0 && sorted[i] <= sorted[i - 1]) {
                sorted[i] = sorted[i - 1] + 1;
            }
            early = Math.max(early, sorted[i] - times[i]);
        }
        for (int i = 0; i < count; i++) {
            sorted[i] -= early;
        }
        return sorted;
    }
}
