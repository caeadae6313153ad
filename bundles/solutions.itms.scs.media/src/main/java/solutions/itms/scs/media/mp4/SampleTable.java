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
