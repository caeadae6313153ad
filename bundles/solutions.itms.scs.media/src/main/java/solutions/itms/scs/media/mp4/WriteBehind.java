package solutions.itms.scs.media.mp4;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Has the system write to the disk while more is fetched, so that the end need not wait for all of it. A thread lives as long
 * as one such writing; short clips have none.
 */
final class WriteBehind {
    private static final long EACH = 32 << 20;

    private final FileChannel file;
    private long last;

    @Nullable
    private Thread thread;

    @Nullable
    private volatile IOException failure;

    WriteBehind(FileChannel file) {
        this.file = file;
    }

    /** The file has grown to this size. */
    void grown(long size) {
        Thread before = thread;
        if (size - last < EACH || before != null && before.isAlive()) {
            return;
        }
        last = size;
        Thread next = new Thread(this::force, "clip-write-behind");
        next.setDaemon(true);
        next.start();
        thread = next;
    }

    private void force() {
        try {
            file.force(false);
        } catch (IOException e) {
            failure = e; // the system tells it once: whoever ends the file must know
        }
    }

    /** Waits for what is under way. */
    void end() throws IOException {
        Thread before = thread;
        boolean interrupted = false;
        while (before != null && before.isAlive()) {
            try {
                before.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        IOException told = failure;
        if (told != null) {
            throw told;
        }
    }
}
