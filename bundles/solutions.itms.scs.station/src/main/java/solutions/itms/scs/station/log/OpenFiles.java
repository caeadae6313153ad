package solutions.itms.scs.station.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files that are open for writing; those used longest ago are closed when there are too many. One thread's. */
final class OpenFiles {
    private final Directory directory;
    private final int limit;
    private final LinkedHashMap<Path, FileChannel> open = new LinkedHashMap<>(16, 0.75f, true);

    OpenFiles(Directory directory, int limit) {
        this.directory = directory;
        this.limit = limit;
    }

    boolean isOpen(Path file) {
        return open.containsKey(file);
    }

    /**
     * Appends all or nothing: a full disk leaves no half line.
     *
     * @return the file's size afterwards
     */
    long append(Path file, byte[] lines) throws IOException {
        FileChannel channel = open.get(file);
        // a file that somebody removed would take lines that nobody can ever read
        if (channel != null && !Files.exists(file)) {
            close(file);
            channel = null;
        }
        if (channel == null) {
            channel = directory.append(file);
            open.put(file, channel);
            closeOldest();
        }
        long before = channel.size();
        try {
            ByteBuffer buffer = ByteBuffer.wrap(lines);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            return before + lines.length;
        } catch (IOException e) {
            takeBack(file, channel, before, e);
            throw e;
        }
    }

    void close(Path file) throws IOException {
        FileChannel channel = open.remove(file);
        if (channel != null) {
            channel.close();
        }
    }

    void closeAll() {
        for (FileChannel channel : open.values()) {
            try {
                channel.close();
            } catch (IOException e) {
                // nothing is buffered here: what was appended is with the system
            }
        }
        open.clear();
    }

    private void takeBack(Path file, FileChannel channel, long size, IOException cause) {
        try {
            channel.truncate(size);
            close(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
            open.remove(file);
        }
    }

    private void closeOldest() throws IOException {
        Iterator<Map.Entry<Path, FileChannel>> oldest = open.entrySet().iterator();
        while (open.size() > limit) {
            FileChannel channel = oldest.next().getValue();
            oldest.remove();
            channel.close();
        }
    }
}
