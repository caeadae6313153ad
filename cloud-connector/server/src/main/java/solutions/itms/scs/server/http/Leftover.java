package solutions.itms.scs.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * What is left of a body when a request is refused. A connection that is closed with bytes unread is reset, and the answer
 * is lost with it: who sends a piece of a file would never learn why it is refused. Stateless.
 */
final class Leftover {
    private static final long MOST = 16L * 1024 * 1024;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private Leftover() {}

    /** Reads it, unless it is too much or takes too long. */
    static void drain(HttpServletRequest request) {
        boolean asksFirst = request.getHeader("Expect") != null;
        if (asksFirst || request.getContentLengthLong() > MOST) {
            return;
        }
        byte[] block = new byte[16 * 1024];
        long left = MOST;
        long begun = System.nanoTime();
        try {
            InputStream in = request.getInputStream();
            int count = 0;
            while (count >= 0 && left > 0 && System.nanoTime() - begun < LONGEST_NANOS) {
                count = in.read(block);
                left -= Math.max(0, count);
            }
        } catch (IOException | IllegalStateException e) {
            // it is gone, or was read in another way
        }
    }
}
