package solutions.itms.scs.ssh.logs;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** The text of remote files, decompressed where they are compressed. For one thread. */
final class RemoteText {
    /** So many bytes at the beginning tell one file from another. */
    static final int HEAD = 4096;

    private final RemoteFiles files;

    RemoteText(RemoteFiles files) {
        this.files = files;
    }

    static boolean isCompressed(RemoteFiles.Entry file) {
        return file.path().endsWith(".gz");
    }

    /** The first bytes. */
    byte[] head(RemoteFiles.Entry file) throws IOException {
        try (InputStream in = open(file, 0)) {
            return in.readNBytes(HEAD);
        }
    }

    /** Whether the bytes before where a collection ended are still the same. */
    boolean hasTail(RemoteFiles.Entry file, KnownFile known) throws IOException {
        if (known.fetched() == 0) {
            return true;
        }
        if (!isCompressed(file) && file.size() < known.fetched()) {
            return false;
        }
        try (InputStream in = open(file, known.fetched() - known.tailLength())) {
            byte[] tail = in.readNBytes(known.tailLength());
            return tail.length == known.tailLength()
                    && Hashes.of(tail, 0, tail.length).equals(known.tail());
        } catch (java.io.EOFException e) {
            return false;
        }
    }

    /** The text from there on. */
    InputStream open(RemoteFiles.Entry file, long from) throws IOException {
        InputStream raw = files.read(file, isCompressed(file) ? 0 : from);
        try {
            // it was a plain file a moment ago; if it is a link now, nothing of it is read
            if (!files.realPath(file.path()).equals(file.path())) {
                throw new IOException(file.path() + " was exchanged for a link");
            }
            if (!isCompressed(file)) {
                return raw;
            }
            InputStream text = new GZIPInputStream(raw, 32 * 1024);
            text.skipNBytes(from);
            return text;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
