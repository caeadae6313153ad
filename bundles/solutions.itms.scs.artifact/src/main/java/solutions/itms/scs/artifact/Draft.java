package solutions.itms.scs.artifact;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.artifact.ArtifactDraft;
import solutions.itms.scs.api.artifact.ArtifactInfo;
import solutions.itms.scs.api.artifact.ArtifactReference;

/** A file of the spool while it is written. For one thread. */
final class Draft implements ArtifactDraft {
    private static final Logger LOG = LoggerFactory.getLogger(Draft.class);
    private static final int BUFFER = 64 * 1024;

    private final Spool spool;
    private final String id;
    private final ArtifactInfo info;
    private final FileChannel channel;
    private final Runnable finished;
    private final MessageDigest digest;
    private final OutputStream out = new BufferedOutputStream(new Out(), BUFFER);
    private long size;
    private boolean over;

    Draft(Spool spool, String id, ArtifactInfo info, FileChannel channel, Runnable finished) {
        this.spool = spool;
        this.id = id;
        this.info = info;
        this.channel = channel;
        this.finished = finished;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public OutputStream stream() {
        return out;
    }

    @Override
    public ArtifactReference finish() throws IOException {
        if (over) {
            throw new IOException("this file was finished or closed before");
        }
        out.flush();
        ArtifactReference reference;
        try {
            channel.force(true);
            channel.close();
            reference = spool.finish(id, info, size, HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw Spool.disk(e);
        }
        over = true;
        finished.run();
        return reference;
    }

    @Override
    public void close() {
        if (over) {
            return;
        }
        over = true;
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A draft did not close", e);
        }
        spool.discard(id, size);
    }

    /** Behind the buffer. */
    private final class Out extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (over) {
                throw new IOException("this file was finished or closed before");
            }
            spool.reserve(size, length);
            size += length;
            try {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            } catch (IOException e) {
                throw Spool.disk(e);
            }
            digest.update(bytes, offset, length);
        }
    }
}
