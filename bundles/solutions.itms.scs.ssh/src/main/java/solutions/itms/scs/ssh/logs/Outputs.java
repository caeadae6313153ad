package solutions.itms.scs.ssh.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What commands print, bounded and masked. */
public final class Outputs {
    /** Longest output that is kept of one command. */
    public static final int MAX_BYTES = 1024 * 1024;

    private Outputs() {}

    /** The same text with card numbers masked. */
    public static byte[] masked(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
        try {
            MaskedLines lines = new MaskedLines(out, MaskedLines.LineTap.NONE);
            lines.take(text, 0, text.length);
            lines.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
