package solutions.itms.scs.server.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One file while it grows. Who begins to write takes it from whoever wrote before: a connection that was cut may look
 * alive here for a while. Guarded by itself.
 */
final class Upload {
    private static final int BLOCK = 1024 * 1024;
    private static final long FLUSH_EVERY = 32L * 1024 * 1024;

    private final Path file;
    private long length;
    /** Of all bytes so far; null when this server has not seen them all. */
    private @Nullable MessageDigest digest;

    private @Nullable Object owner;
    private boolean completing;
    private long toldAt;
    private long flushedTo;
    private boolean flushing;

    Upload(Path file, long length) {
        this.file = file;
        this.length = length;
        this.digest = length == 0 ? sha256() : null;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized long length() {
        return length;
    }

    /** Takes the file over. @return false when it is being completed */
    synchronized boolean own(Object by) {
        if (completing) {
            return false;
        }
        owner = by;
        return true;
    }

    /** Takes the file over for good. @return false when somebody else completes it */
    synchronized boolean beginCompletion() {
        if (completing) {
            return false;
        }
        completing = true;
        owner = null;
        return true;
    }

    synchronized void endCompletion() {
        completing = false;
    }

    /** Where a piece began, to go back to. */
    record Mark(long length, @Nullable MessageDigest digest) {}

    synchronized Mark mark() {
        try {
            return new Mark(length, digest == null ? null : (MessageDigest) digest.clone());
        } catch (CloneNotSupportedException e) {
            return new Mark(length, null);
        }
    }

    /** Adds bytes. @return false when somebody else has taken it over */
    synchronized boolean append(Object by, FileChannel channel, ByteBuffer bytes) throws IOException {
        if (owner != by) {
            return false;
        }
        int start = bytes.position();
        int count = bytes.remaining();
        long at = length;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        if (digest != null) {
            digest.update(bytes.array(), bytes.arrayOffset() + start, count);
        }
        length = at;
        return true;
    }

    /** Takes back what came since, unless somebody else goes on from there already. */
    synchronized void rollback(Object by, FileChannel channel, Mark mark) throws IOException {
        if (owner == by) {
            channel.truncate(mark.length());
            length = mark.length();
            digest = mark.digest();
        }
    }

    /** Whether enough has come to be brought to the disk already; {@link #flush} has to follow. */
    synchronized boolean beginFlush() {
        if (flushing || length - flushedTo < FLUSH_EVERY) {
            return false;
        }
        flushing = true;
        flushedTo = length;
        return true;
    }

    /** Brings to the disk what has come, so that the end does not wait for all of it. */
    void flush() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        } catch (IOException e) {
            // the completion flushes again, and tells
        } finally {
            synchronized (this) {
                flushing = false;
            }
        }
    }

    /** Throws the bytes away. */
    synchronized void reset() throws IOException {
        try (FileChannel channel = open(file)) {
            channel.truncate(0);
        }
        length = 0;
        flushedTo = 0;
        digest = sha256();
    }

    /** Whether it is time to write down how far it has come: at most once in so many milliseconds. */
    synchronized boolean isDue(long nowMillis, long everyMillis) {
        if (Math.abs(nowMillis - toldAt) < everyMillis) {
            return false;
        }
        toldAt = nowMillis;
        return true;
    }

    /** Of what has come until now, hexadecimal; null when this server has not seen all of it. */
    synchronized @Nullable String checksumSoFar() {
        MessageDigest until = mark().digest();
        return until == null ? null : HexFormat.of().formatHex(until.digest());
    }

    /** Of the whole file, hexadecimal; reads it once more when this server has not seen all of it come. */
    String checksum() throws IOException {
        MessageDigest whole;
        synchronized (this) {
            whole = digest;
            digest = null;
        }
        return HexFormat.of().formatHex((whole == null ? read() : whole).digest());
    }

    private MessageDigest read() throws IOException {
        MessageDigest whole = sha256();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(block) >= 0) {
                whole.update(block.flip());
                block.clear();
            }
        }
        return whole;
    }

    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
