package solutions.itms.scs.ssh.logs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import solutions.itms.scs.api.privacy.CardNumbers;

/**
 * Writes text line by line with card numbers masked. The bytes of a line that has not ended yet are kept back: the end of
 * a card number could be in what comes. Bytes that are no digits stay as they are, in whatever encoding. Not thread-safe.
 */
public final class MaskedLines {
    /** A longer line is cut where no number can be, if there is such a place. */
    private static final int LONGEST = 64 * 1024;

    /** So many bytes before a place tell whether a file was the same up to there. */
    static final int TAIL = 256;

    private final OutputStream out;
    private final LineTap tap;
    private byte[] tail = {};
    private final byte[] waiting = new byte[LONGEST];
    private int length;
    private long written;
    private boolean tapped = true;

    /** Is shown each line, masked, without its end. */
    public interface LineTap {
        /** Nobody looks. */
        LineTap NONE = line -> false;

        /** Returns whether it wants to see more. */
        boolean line(String line);
    }

    MaskedLines(OutputStream out, LineTap tap) {
        this.out = out;
        this.tap = tap;
    }

    void take(byte[] bytes, int from, int count) throws IOException {
        int at = from;
        while (at < from + count) {
            int part = Math.min(from + count - at, LONGEST - length);
            System.arraycopy(bytes, at, waiting, length, part);
            length += part;
            at += part;
            int end = endOfLines();
            if (end > 0) {
                write(end);
            } else if (length == LONGEST) {
                write(gap());
            }
        }
    }

    /** Writes what has no end yet. */
    void finish() throws IOException {
        write(length);
    }

    /** Bytes that were taken and not kept back. */
    long written() {
        return written;
    }

    /** Whether a line has begun that has no end yet. */
    boolean isWaiting() {
        return length > 0;
    }

    /** The last bytes that were written, as they came; at most {@value #TAIL}. */
    byte[] tail() {
        return tail.clone();
    }

    private static byte[] lastOf(byte[] before, byte[] bytes, int end) {
        int fromBefore = Math.min(before.length, Math.max(0, TAIL - end));
        int fromBytes = Math.min(end, TAIL);
        byte[] last = new byte[fromBefore + fromBytes];
        System.arraycopy(before, before.length - fromBefore, last, 0, fromBefore);
        System.arraycopy(bytes, end - fromBytes, last, fromBefore, fromBytes);
        return last;
    }

    private int endOfLines() {
        int end = length;
        while (end > 0 && waiting[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** The last place, not too far from the end, where no card number goes on. */
    private int gap() {
        int least = length - 4 * CardNumbers.MAX_LENGTH;
        for (int end = length - 1; end > least; end--) {
            byte b = waiting[end - 1];
            if (!(b >= '0' && b <= '9') && b != ' ' && b != '-' && b >= 0) {
                return end;
            }
        }
        return length;
    }

    private void write(int end) throws IOException {
        if (end == 0) {
            return;
        }
        // a character for a byte: whatever the encoding is, it comes out as it went in
        String text = CardNumbers.mask(new String(waiting, 0, end, StandardCharsets.ISO_8859_1));
        byte[] masked = text.getBytes(StandardCharsets.ISO_8859_1);
        out.write(masked);
        tell(masked);
        tail = lastOf(tail, waiting, end);
        System.arraycopy(waiting, end, waiting, 0, length - end);
        length -= end;
        written += end;
    }

    private void tell(byte[] masked) {
        int from = 0;
        for (int i = 0; tapped && i < masked.length; i++) {
            if (masked[i] == '\n' || i == masked.length - 1) {
                int end = masked[i] == '\n' ? i : i + 1;
                end = end > from && masked[end - 1] == '\r' ? end - 1 : end;
                if (end > from) {
                    tapped = tap.line(new String(masked, from, end - from, StandardCharsets.UTF_8));
                }
                from = i + 1;
            }
        }
    }
}
