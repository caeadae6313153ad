package solutions.itms.scs.station.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/** Compresses finished files. */
final class Compressor {
    private Compressor() {}

    /**
     * Replaces a file by its compressed form. Where there is one of that name, from before the clock stepped back or of
     * an earlier part of the day, this becomes its end: gzip allows that.
     */
    static void compress(Directory directory, Path file) throws IOException {
        Path compressed = file.resolveSibling(file.getFileName() + ".gz");
        Path made = file.resolveSibling(file.getFileName() + ".gz.tmp");
        Files.deleteIfExists(made);
        try (FileChannel channel = directory.append(made);
                OutputStream raw = Channels.newOutputStream(channel)) {
            if (Files.exists(compressed)) {
                Files.copy(compressed, raw);
            }
            GZIPOutputStream out = new GZIPOutputStream(raw, 64 * 1024);
            Files.copy(file, out);
            out.finish();
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(made);
            throw e;
        }
        // a crash between the two repeats lines, and loses none
        Files.move(made, compressed, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(file);
    }
}
