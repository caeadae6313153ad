package solutions.itms.scs.testkit.rtsp;

import java.io.IOException;
import java.io.InputStream;

/** Decodes Base64 that never ends, with padding wherever a client was done with a request. */
final class Base64Stream extends InputStream {
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final InputStream in;
    private int bits;
    private int count;

    Base64Stream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        while (count < 8) {
            int next = in.read();
            if (next < 0) {
                return -1;
            }
            int digit = DIGITS.indexOf(next);
            if (digit < 0) {
                count = next == '=' ? 0 : count;
                continue;
            }
            bits = bits << 6 | digit;
            count += 6;
        }
        count -= 8;
        return bits >> count & 0xff;
    }
}
