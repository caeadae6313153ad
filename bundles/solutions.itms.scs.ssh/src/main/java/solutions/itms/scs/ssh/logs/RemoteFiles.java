package solutions.itms.scs.ssh.logs;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a gate. For one thread. Every call ends within the patience of whoever made it. */
public interface RemoteFiles {
    /**
     * A file.
     *
     * @param path absolute, without links
     * @param size bytes
     * @param modified seconds since 1970 by the gate's clock
     */
    record Entry(String path, long size, long modified) {}

    /** What the entries of a folder are called; those that it has beyond the limit are left out. */
    List<String> names(String folder, int limit) throws IOException;

    /** The path without links. */
    String realPath(String path) throws IOException;

    /** The file at a real path, or null when there is no plain file. */
    @Nullable
    Entry file(String realPath) throws IOException;

    /** Its content from there on. */
    InputStream read(Entry file, long from) throws IOException;
}
