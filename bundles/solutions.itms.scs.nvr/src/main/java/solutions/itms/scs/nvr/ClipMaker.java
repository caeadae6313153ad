package solutions.itms.scs.nvr;

import java.nio.file.Path;
import solutions.itms.scs.media.clip.Clip;
import solutions.itms.scs.media.clip.ClipOrder;
import solutions.itms.scs.media.clip.ClipWatcher;
import solutions.itms.scs.media.clip.MediaException;

/** Brings a clip into a file, as {@link solutions.itms.scs.media.clip.ClipExporter} does. Thread-safe. */
interface ClipMaker {
    /** @throws MediaException when there is no clip, or only a part of one */
    Clip run(ClipOrder order, Path file, ClipWatcher watcher) throws MediaException, InterruptedException;
}
