package solutions.itms.scs.media.rtsp;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes to a server and back. For one thread, but for closing. */
interface Wire extends AutoCloseable {
    /**
     * Reads what is there.
     *
     * @param millis how long to wait when nothing is there
     * @return bytes read; 0 when nothing came in that time, -1 at the end
     */
    int read(ByteBuffer into, long millis) throws IOException;

    /** Sends all of it. */
    void write(ByteBuffer bytes) throws IOException;

    @Override
    void close();
}
