package solutions.itms.scs.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Brings one file to the server, from wherever the server says that it stands. For one thread. */
final class Upload {
    /** A piece starts small, grows while the line is quick, and shrinks when it breaks. */
    static final int SMALLEST = 64 * 1024;

    static final int LARGEST = 4 * 1024 * 1024;
    private static final int FIRST = 1024 * 1024;
    private static final long QUICK_NANOS = 2_000_000_000L;
    private static final int MAX_TURNS = 5;
    private static final int TOO_LARGE = 413;

    /** What will not be different the next time. */
    private static final Set<Integer> FINAL = Set.of(400, 410, 413, 415);

    private final Line line;
    private int piece = FIRST;
    private volatile boolean stopped;
    private volatile @Nullable CompletableFuture<HttpResponse<InputStream>> whole;

    Upload(Line line) {
        this.line = line;
    }

    /** How it ended. @param code of the server, for people */
    record End(Kind kind, String code) {
        enum Kind {
            /** The server has it whole. */
            DONE,
            /** The server will never take it. */
            REFUSED,
            /** To be tried again. */
            LATER
        }
    }

    /** Ends it after the piece that is on its way; a whole file at once. */
    void stop() {
        stopped = true;
        CompletableFuture<?> sending = whole;
        if (sending != null) {
            sending.cancel(true);
        }
    }

    boolean isStopped() {
        return stopped;
    }

    /** @param reached is told of the bytes that the server has */
    End run(ArtifactServer server, SpooledFile file, Path path, LongConsumer reached)
            throws IOException, InterruptedException {
        try {
            return send(server, file, path, reached);
        } catch (IOException e) {
            line.broke();
            piece = Math.max(SMALLEST, piece / 2);
            throw e;
        }
    }

    private End send(ArtifactServer server, SpooledFile file, Path path, LongConsumer reached)
            throws IOException, InterruptedException {
        ArtifactServer.Answer answer = server.declare(file);
        if (!answer.isOk()) {
            return end(answer);
        }
        long offset = answer.offset();
        for (int turn = 0; turn < MAX_TURNS && !answer.state().equals("READY"); turn++) {
            boolean atOnce = offset == 0 && turn == 0 && server.isUnpaced() && line.takesWhole(file.size());
            answer = atOnce ? whole(server, file, path, reached) : pieces(server, file, path, offset, reached);
            if (atOnce && answer.status() == TOO_LARGE) {
                // by what stands between us and the server, which takes any piece
                line.refusedLarge();
                answer = pieces(server, file, path, offset, reached);
            }
            if (!answer.isOk()) {
                return end(answer);
            }
            if (stopped) {
                return new End(End.Kind.LATER, "stopped");
            }
            answer = server.complete(file);
            if (answer.isOk()) {
                break;
            }
            if (answer.is("incomplete")) {
                offset = answer.offset();
            } else if (answer.is("checksum_mismatch")) {
                offset = 0;
            } else {
                return end(answer);
            }
        }
        if (!answer.isOk()) {
            return end(answer);
        }
        reached.accept(file.size());
        return new End(End.Kind.DONE, "");
    }

    private ArtifactServer.Answer whole(ArtifactServer server, SpooledFile file, Path path, LongConsumer reached)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        CompletableFuture<HttpResponse<InputStream>> sending = server.put(file, path);
        whole = sending;
        try {
            if (stopped) {
                sending.cancel(true);
            }
            ArtifactServer.Answer answer = server.await(sending);
            if (answer.isOk()) {
                line.passed(file.size(), System.nanoTime() - begun);
                reached.accept(file.size());
            }
            return answer;
        } finally {
            whole = null;
        }
    }

    private ArtifactServer.Answer pieces(
            ArtifactServer server, SpooledFile file, Path path, long from, LongConsumer reached)
            throws IOException, InterruptedException {
        int corrections = 0;
        byte[] spare = new byte[0];
        ArtifactServer.Answer answer = new ArtifactServer.Answer(204, "", "", from);
        try (RandomAccessFile in = new RandomAccessFile(path.toFile(), "r")) {
            Piece now = read(in, file, from, spare);
            while (now != null && !stopped) {
                long begun = System.nanoTime();
                var sending = server.put(file, now);
                // the next one is read and hashed while this one is on its way
                Piece next = read(in, file, now.end(), spare);
                answer = server.await(sending);
                if (answer.is("wrong_offset") && ++corrections < MAX_TURNS) {
                    now = read(in, file, answer.offset(), new byte[0]);
                    continue;
                }
                if (!answer.isOk()) {
                    return answer;
                }
                reached.accept(now.end());
                long taken = System.nanoTime() - begun;
                line.passed(now.length(), taken);
                if (taken < QUICK_NANOS) {
                    piece = Math.min(LARGEST, piece * 2);
                }
                spare = now.bytes();
                now = next;
            }
        }
        return new ArtifactServer.Answer(204, "", answer.state(), file.size());
    }

    /** Null at the end of the file. */
    private @Nullable Piece read(RandomAccessFile in, SpooledFile file, long offset, byte[] buffer) throws IOException {
        int length = (int) Math.min(piece, file.size() - offset);
        return length <= 0 ? null : Piece.read(in, offset, length, buffer);
    }

    private static End end(ArtifactServer.Answer answer) {
        boolean refused = FINAL.contains(answer.status()) || answer.is("type_mismatch") || answer.is("id_taken");
        return new End(
                refused ? End.Kind.REFUSED : End.Kind.LATER,
                answer.code().isEmpty() ? String.valueOf(answer.status()) : answer.code());
    }
}
