package solutions.itms.scs.testkit.rtsp;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/**
 * H.264 without an encoder: grey pictures with the recorded time burnt in. The clock, and patches that bring a picture to
 * its size, are macroblocks of plain samples; the others are flat in key frames and skipped elsewhere.
 */
public final class ClockPictures implements FrameSource {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** Macroblocks in the row and before the first digit of the clock. */
    public static final int CLOCK_ROW = 1;
    /** Macroblocks before the clock. */
    public static final int CLOCK_COLUMN = 1;

    private static final int PATCH_ROW = 3;

    private final Recording.Format format;
    private final List<Recording.TimeSpan> spans;
    private final int columns;
    private final int rows;
    private final int patches;

    /** The pictures of a recording. */
    public ClockPictures(Recording recording) {
        format = recording.format();
        spans = recording.spans();
        columns = format.width() / 16;
        rows = format.height() / 16;
        int bytes = format.kbits() * 125 / format.framesPerSecond();
        int clock = 23 * (384 + 2);
        int flat = rows * columns / format.gop();
        patches = Math.max(0, Math.min((rows - PATCH_ROW) * columns, (bytes - clock - flat) / 386));
    }

    @Override
    public String encoding() {
        return "H264";
    }

    @Override
    public int clockRate() {
        return 90_000;
    }

    @Override
    public String format() {
        String sets = parameterSets().stream()
                .map(Base64.getEncoder()::encodeToString)
                .collect(Collectors.joining(","));
        return "packetization-mode=1;profile-level-id=42C028;sprop-parameter-sets=" + sets;
    }

    @Override
    public List<byte[]> parameterSets() {
        return List.of(sequence(), picture());
    }

    @Override
    public Iterator<EncodedFrame> from(long micros) {
        int span = 0;
        while (span < spans.size() && micros(spans.get(span).to()) <= micros) {
            span++;
        }
        long index = 0;
        if (span < spans.size()) {
            long into = micros - micros(spans.get(span).from());
            index = Math.max(0, into * format.framesPerSecond() / 1_000_000) / format.gop() * format.gop();
        }
        return new Frames(span, index);
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }

    private final class Frames implements Iterator<EncodedFrame> {
        private int span;
        private long index;

        Frames(int span, long index) {
            this.span = span;
            this.index = index;
        }

        @Override
        public boolean hasNext() {
            return span < spans.size();
        }

        @Override
        public EncodedFrame next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            long from = micros(spans.get(span).from());
            long time = from + index * 1_000_000 / format.framesPerSecond();
            long next = from + (index + 1) * 1_000_000 / format.framesPerSecond();
            boolean last = next >= micros(spans.get(span).to());
            int number = (int) (index % format.gop());
            EncodedFrame frame = new EncodedFrame(time, number == 0, index == 0, last, List.of(slice(time, number, (int)
                    (index / format.gop() & 1))));
            index++;
            if (last) {
                span++;
                index = 0;
            }
            return frame;
        }
    }

    private byte[] sequence() {
        BitWriter out = new BitWriter();
        out.u(8, 66);
        out.u(8, 0xc0);
        out.u(8, 40);
        out.ue(0);
        out.ue(0); // frame numbers of four bits
        out.ue(2); // shown in the order of decoding
        out.ue(1);
        out.u(1, 0);
        out.ue(columns - 1);
        out.ue(rows - 1);
        out.u(4, 0b1100); // frames, direct 8x8, no cropping, no VUI
        out.trailing();
        return out.unit(0x67);
    }

    private static byte[] picture() {
        BitWriter out = new BitWriter();
        out.ue(0);
        out.ue(0);
        out.u(2, 0);
        out.ue(0);
        out.ue(0);
        out.ue(0);
        out.u(3, 0);
        out.se(0);
        out.se(0);
        out.se(0);
        out.u(3, 0b100); // the deblocking filter can be turned off
        out.trailing();
        return out.unit(0x68);
    }

    /** The one slice of a picture. */
    private byte[] slice(long micros, int number, int idr) {
        boolean key = number == 0;
        BitWriter out = new BitWriter();
        out.ue(0);
        out.ue(key ? 7 : 5);
        out.ue(0);
        out.u(4, number & 15);
        if (key) {
            out.ue(idr);
        }
        out.u(2, 0);
        if (!key) {
            out.u(1, 0);
        }
        out.se(0);
        out.ue(1);
        String text = CLOCK.format(
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000));
        int skipped = 0;
        boolean[] above = new boolean[columns];
        for (int row = 0; row < rows; row++) {
            boolean left = false;
            for (int column = 0; column < columns; column++) {
                byte @org.jspecify.annotations.Nullable [] samples = samples(row, column, text, number);
                if (samples != null) {
                    if (!key) {
                        out.ue(skipped);
                        skipped = 0;
                    }
                    out.ue(key ? 25 : 30);
                    out.align();
                    out.bytes(samples);
                } else if (key) {
                    out.ue(3);
                    out.ue(0);
                    out.se(0);
                    out.u(left || above[column] ? 6 : 1, left || above[column] ? 3 : 1); // no coefficients
                } else {
                    skipped++;
                }
                left = samples != null;
                above[column] = left;
            }
        }
        if (skipped > 0) {
            out.ue(skipped);
        }
        out.trailing();
        return out.unit(key ? 0x65 : 0x41);
    }

    private byte @org.jspecify.annotations.Nullable [] samples(int row, int column, String text, int number) {
        int at = column - CLOCK_COLUMN;
        if (row == CLOCK_ROW && at >= 0 && at < text.length()) {
            return Glyphs.samples(text.charAt(at));
        }
        int patch = (row - PATCH_ROW) * columns + column;
        return row >= PATCH_ROW && patch < patches ? Glyphs.patch(patch + number * 5) : null;
    }
}
