package solutions.itms.scs.ssh.logs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.time.Clock;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Fetches one file from where the last collection ended. For one thread and one call of {@link #run}. */
final class FileFetch {
    /** A line without an end is taken when nothing was added to it for so long. */
    static final long SETTLED_MILLIS = 10_000;

    /** After so many bytes what has come is made durable, and counts. */
    private static final int STEP = 8 * 1024 * 1024;

    private final LogStore store;
    private final RemoteText text;
    private final Budget budget;
    private final MaskedLines.LineTap tap;
    private final Clock clock;
    private long fetched;
    private boolean atEnd;

    FileFetch(LogStore store, RemoteText text, Budget budget, MaskedLines.LineTap tap, Clock clock) {
        this.store = store;
        this.text = text;
        this.budget = budget;
        this.tap = tap;
        this.clock = clock;
    }

    /** How much of the file is kept now. */
    long fetched() {
        return fetched;
    }

    /** Whether all of it was read. */
    boolean isAtEnd() {
        return atEnd;
    }

    /**
     * Reads to the end of the file, or as far as it may.
     *
     * @param head its first bytes
     * @param limit bytes to read at most
     */
    void run(KnownFile known, RemoteFiles.Entry file, byte[] head, long limit) throws IOException {
        fetched = known.fetched();
        boolean settled = known.isUnchanged(file) && clock.millis() - known.seenAt() >= SETTLED_MILLIS;
        KnownFile state = known;
        try (InputStream in = text.open(file, known.fetched());
                FileChannel channel = store.append(known)) {
            Pieces pieces = new Pieces(channel);
            MaskedLines lines = new MaskedLines(pieces, tap);
            byte[] buffer = new byte[64 * 1024];
            long left = limit;
            IOException failure = null;
            while (failure == null && !atEnd && left > 0 && budget.exhausted().isEmpty()) {
                try {
                    int count = in.read(buffer, 0, budget.allow((int) Math.min(buffer.length, left)));
                    atEnd = count < 0;
                    if (count > 0) {
                        lines.take(buffer, 0, count);
                        left -= count;
                        budget.spend(count);
                    }
                } catch (IOException e) {
                    failure = e;
                }
                if (failure == null && lines.written() - (state.fetched() - known.fetched()) >= STEP) {
                    state = commit(known, state, file, head, pieces, lines);
                }
            }
            if (atEnd && (settled || RemoteText.isCompressed(file))) {
                lines.finish();
            }
            commit(known, state, file, head, pieces, lines);
            if (failure != null) {
                // another one: closing what it broke may throw the same again
                throw new IOException(failure.getMessage(), failure);
            }
        }
    }

    private KnownFile commit(
            KnownFile known, KnownFile state, RemoteFiles.Entry file, byte[] head, Pieces pieces, MaskedLines lines)
            throws IOException {
        long now = clock.millis();
        boolean news = known.fetched() + lines.written() > state.fetched();
        long kept = news ? pieces.end() : state.kept();
        byte[] tail = lines.tail();
        KnownFile next = new KnownFile(
                known.id(),
                file.path(),
                Hashes.of(head, 0, head.length),
                head.length,
                known.fetched() + lines.written(),
                news ? Hashes.of(tail, 0, tail.length) : state.tail(),
                news ? tail.length : state.tailLength(),
                atEnd ? file.size() : -1,
                atEnd ? file.modified() : 0,
                kept,
                now,
                news ? now : state.changedAt());
        store.update(next);
        fetched = next.fetched();
        return next;
    }

    /** Compressed pieces, one behind the other; each can be read without the next. */
    private static final class Pieces extends OutputStream {
        private final FileChannel channel;
        private @Nullable GZIPOutputStream piece;

        Pieces(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (piece == null) {
                piece = new GZIPOutputStream(Channels.newOutputStream(channel), 64 * 1024);
            }
            piece.write(bytes, from, count);
        }

        /** Ends the piece, brings it to the disk, and tells how long the file is. */
        long end() throws IOException {
            if (piece != null) {
                piece.finish();
                piece = null;
                channel.force(false);
            }
            return channel.position();
        }
    }
}
