package solutions.itms.scs.artifact;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** Bytes that are handed out no faster than the line may be used. */
final class PacedInputStream extends InputStream {
    private final ByteArrayInputStream in;
    private final Pace pace;

    PacedInputStream(byte[] bytes, int length, Pace pace) {
        this.in = new ByteArrayInputStream(bytes, 0, length);
        this.pace = pace;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        try {
            if (count > 0) {
                pace.take(count);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        return count;
    }
}
