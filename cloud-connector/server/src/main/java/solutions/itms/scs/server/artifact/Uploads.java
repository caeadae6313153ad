package solutions.itms.scs.server.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.server.artifact.Artifact.State;
import solutions.itms.scs.server.http.Problem;
import solutions.itms.scs.server.ops.ScarceLog;

/**
 * Takes files in pieces. What was acknowledged of a piece outlives the end of this process; a file is acknowledged as a
 * whole only when its checksum fits and it is on the disk or with the store, from when on it outlives a power cut. What
 * a power cut may take of a file that is not whole is noticed by its checksum, and comes again. Thread-safe.
 */
final class Uploads implements AutoCloseable {
    /** One piece has at most so many bytes. */
    static final long MAX_PIECE = 16L * 1024 * 1024;

    private static final int BLOCK = 128 * 1024;
    private static final int MAX_MISMATCHES = 3;
    private static final long TELL_EVERY_MILLIS = 2_000;

    private final ArtifactTable table;
    private final Admission admission;
    private final Staging staging;
    private final ObjectStore store;
    private final Clock clock;
    private final ScarceLog log;
    private final ExecutorService flusher =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "artifact-flush"));
    private final Map<String, Upload> growing = new ConcurrentHashMap<>();

    Uploads(ArtifactTable table, Admission admission, Staging staging, ObjectStore store, Clock clock) {
        this.table = table;
        this.admission = admission;
        this.staging = staging;
        this.store = store;
        this.clock = clock;
        this.log = new ScarceLog(LoggerFactory.getLogger(Uploads.class), clock);
    }

    /** What an uploader has to know. @param isNew whether nobody had declared it before */
    record Stand(Artifact artifact, long offset, boolean isNew) {}

    /** Begins an upload, or goes on with one that is known. */
    Stand begin(Declared declared) {
        Long size = declared.size();
        admission.requireSize(size == null ? 0 : size);
        Artifact known = table.find(declared.id());
        if (known == null) {
            admission.requireRoom(size == null ? 0 : size);
        }
        boolean isNew = table.database().write(transaction -> {
            Artifact now = ArtifactTable.find(transaction, declared.id());
            if (now == null) {
                admission.requireQuota(transaction, declared);
                ArtifactTable.insert(transaction, declared, clock.instant());
                return true;
            }
            if (!declared.isSameAs(now)) {
                throw Problem.conflict("id_taken", "There is another file with this id.");
            }
            requireWanted(now);
            if (now.state() == State.FAILED) {
                admission.requireQuota(transaction, declared);
                ArtifactTable.revive(transaction, now.id(), clock.instant());
            }
            return false;
        });
        Artifact artifact = table.get(declared.id());
        return new Stand(artifact, offset(artifact), isNew);
    }

    /** @throws Problem when a file must not be so large */
    void requireSize(long size) {
        admission.requireSize(size);
    }

    /** Bytes of a file that are here. */
    long offset(Artifact artifact) {
        if (artifact.state() == State.READY) {
            return artifact.size() == null ? 0 : artifact.size();
        }
        try {
            return upload(artifact).length();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /**
     * Takes a piece, or the whole file in one when it is signed with the file's own checksum. When its connection breaks,
     * what has come of it stays, and the checksum of the file decides.
     *
     * @param length of the piece
     * @param sha256 of the piece; null when it was not told
     * @return bytes of the file that are here now
     */
    long take(Artifact artifact, long offset, long length, @Nullable String sha256, InputStream in) {
        requireOpen(artifact);
        boolean whole = offset == 0 && sha256 != null && artifact.isAll(length, sha256);
        requireFits(artifact, offset, length, whole);
        admission.requireRoom(length);
        Object me = new Object();
        try {
            Upload upload = upload(artifact);
            if (!upload.own(me)) {
                throw Problem.conflict("completing", "This file is being completed.");
            }
            if (upload.length() != offset) {
                throw wrongOffset(upload.length());
            }
            try (FileChannel channel = Upload.open(staging.file(artifact.id()))) {
                return take(artifact, upload, me, channel, length, sha256, whole, in);
            } finally {
                progress(artifact, upload);
            }
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    private long take(
            Artifact artifact,
            Upload upload,
            Object me,
            FileChannel channel,
            long length,
            @Nullable String sha256,
            boolean whole,
            InputStream in)
            throws IOException {
        Upload.Mark mark = upload.mark();
        MessageDigest digest = Upload.sha256();
        byte[] block = new byte[(int) Math.min(BLOCK, Math.max(1, length))];
        long left = length;
        while (left > 0) {
            int count = read(in, block, left);
            if (count < 0) {
                throw new Problem(400, "body_short", "Body too short", "The body ended before its length.")
                        .with("offset", upload.length());
            }
            if (sha256 != null && !whole) {
                digest.update(block, 0, count);
            }
            if (!upload.append(me, channel, ByteBuffer.wrap(block, 0, count))) {
                throw Problem.conflict("superseded", "Another request has gone on with this file.");
            }
            left -= count;
            progress(artifact, upload);
        }
        String came = whole ? upload.checksumSoFar() : HexFormat.of().formatHex(digest.digest());
        if (sha256 != null && came != null && !came.equals(sha256)) {
            upload.rollback(me, channel, mark);
            throw new Problem(401, "body_altered", "Not accepted", "The body is not the one that was signed.");
        }
        requireStillOpen(artifact, upload);
        return mark.length() + length;
    }

    /** Writes down now and then how far it has come, and brings it to the disk. */
    private void progress(Artifact artifact, Upload upload) {
        if (upload.isDue(clock.millis(), TELL_EVERY_MILLIS)) {
            table.progress(artifact.id(), upload.length(), clock.instant());
        }
        if (upload.beginFlush()) {
            flusher.execute(upload::flush);
        }
    }

    /** Reading fails because of the sender, which is no failure of the server. */
    private static int read(InputStream in, byte[] block, long left) {
        try {
            return in.read(block, 0, (int) Math.min(block.length, left));
        } catch (IOException e) {
            return -1;
        }
    }

    /** Somebody may have deleted it meanwhile, and the sweeper its bytes. */
    private void requireStillOpen(Artifact artifact, Upload upload) {
        if (growing.get(artifact.id()) != upload) {
            requireOpen(table.get(artifact.id()));
        }
    }

    /**
     * Ends an upload: checks it, and hands it to the store.
     *
     * @throws Problem 409 when bytes are missing, 422 when they are not those that were declared
     */
    Artifact complete(Artifact artifact) {
        if (artifact.state() == State.READY) {
            return artifact;
        }
        requireOpen(artifact);
        try {
            Upload upload = upload(artifact);
            if (!upload.beginCompletion()) {
                throw Problem.conflict("completing", "This file is being completed.");
            }
            try {
                complete(artifact, upload);
            } finally {
                upload.endCompletion();
            }
            return table.get(artifact.id());
        } catch (IOException e) {
            throw failed("store", e);
        }
    }

    private void complete(Artifact artifact, Upload upload) throws IOException {
        String id = artifact.id();
        Instant now = clock.instant();
        Long size = artifact.size();
        if (table.get(id).state() != State.UPLOADING) {
            return;
        }
        OptionalLong stored = store.size(id);
        if (upload.length() == 0 && size != null && size > 0 && stored.isPresent() && stored.getAsLong() == size) {
            // it was checked and stored, but this could not be written down
            table.ready(id, size, String.valueOf(artifact.sha256()), now);
            growing.remove(id);
            return;
        }
        long length = upload.length();
        if (size != null && length != size) {
            throw Problem.conflict("incomplete", "The file has " + size + " bytes; " + length + " have come.")
                    .with("offset", length);
        }
        Path file = staging.file(id);
        if (length == 0) {
            upload.reset();
        }
        requireType(artifact, file);
        String sha256 = upload.checksum();
        if (artifact.sha256() != null && !artifact.sha256().equals(sha256)) {
            upload.reset();
            if (table.mismatch(id, now) >= MAX_MISMATCHES) {
                table.fail(id, "checksum_mismatch", now);
            }
            throw new Problem(
                    422, "checksum_mismatch", "Wrong checksum", "The bytes are not those that were declared.");
        }
        store.put(id, file, artifact.type());
        table.ready(id, length, sha256, clock.instant());
        growing.remove(id);
    }

    private void requireType(Artifact artifact, Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(MediaType.HEAD);
        }
        if (!artifact.type().fits(head)) {
            table.fail(artifact.id(), "type_mismatch", clock.instant());
            forget(artifact.id());
            throw new Problem(422, "type_mismatch", "Wrong type", "The file does not begin as its media type has to.");
        }
    }

    /** Throws away what has come of a file that is not wanted any more. */
    void forget(String id) throws IOException {
        growing.remove(id);
        staging.delete(id);
    }

    @Override
    public void close() {
        flusher.shutdown();
    }

    private Upload upload(Artifact artifact) throws IOException {
        Upload known = growing.get(artifact.id());
        if (known != null) {
            return known;
        }
        Upload fresh = new Upload(staging.file(artifact.id()), staging.length(artifact.id()));
        Upload other = growing.putIfAbsent(artifact.id(), fresh);
        return other == null ? fresh : other;
    }

    private static void requireFits(Artifact artifact, long offset, long length, boolean whole) {
        if (length > MAX_PIECE && !whole && artifact.gatewayId() != null) {
            throw new Problem(413, "piece_too_large", "Piece too large", "A piece may have " + MAX_PIECE + " bytes.");
        }
        Long size = artifact.size();
        if (size != null && (offset > size || length > size - offset)) {
            throw new Problem(413, "beyond_size", "Beyond the end", "The file was declared with " + size + " bytes.");
        }
    }

    private static void requireWanted(Artifact artifact) {
        if (artifact.state() == State.DELETED
                || (artifact.state() == State.FAILED
                        && ("type_mismatch".equals(artifact.reason())
                                || "checksum_mismatch".equals(artifact.reason())))) {
            throw new Problem(410, "not_wanted", "Not wanted", "This file is not taken any more.")
                    .with("reason", String.valueOf(artifact.reason()));
        }
    }

    private static void requireOpen(Artifact artifact) {
        requireWanted(artifact);
        if (artifact.state() != State.UPLOADING) {
            throw Problem.conflict("not_open", "This upload is not open; declare it again.");
        }
    }

    static Problem wrongOffset(long offset) {
        return Problem.conflict("wrong_offset", "The next byte is number " + offset + ".")
                .with("offset", offset);
    }

    private Problem failed(String what, IOException e) {
        log.warn("could not " + what + " an uploaded file", String.valueOf(e.getMessage()));
        String text = String.valueOf(e.getMessage());
        return text.contains("No space left") || text.contains("quota exceeded")
                ? Admission.diskFull()
                : Problem.unavailable("The server can't keep files at present.");
    }
}
