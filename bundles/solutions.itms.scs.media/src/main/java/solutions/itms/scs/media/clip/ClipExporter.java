package solutions.itms.scs.media.clip;

import java.nio.file.Path;

/** Makes files out of recordings. Thread-safe: each export runs on the thread that asks for it. */
public final class ClipExporter {
    /**
     * Fetches a part of a recording into an MP4 file, and returns when the file is on the disk. A clip of which a part is
     * missing is a result, too: see {@link Clip#complete()}.
     *
     * @param file is replaced; removed again when there is nothing in it
     * @throws MediaException when there is no clip, it was called off, or the disk is full; some with the part there is
     */
    public Clip run(ClipOrder order, Path file, ClipWatcher watcher) throws MediaException, InterruptedException {
        throw new MediaException(MediaException.Kind.UNSUPPORTED, "not yet", null);
    }
}
