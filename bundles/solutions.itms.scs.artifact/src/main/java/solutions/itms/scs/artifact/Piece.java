package solutions.itms.scs.artifact;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A part of a file, ready to be sent.
 *
 * @param bytes holds it at its begin; may be longer
 * @param sha256 as it is signed
 */
record Piece(long offset, byte[] bytes, int length, String sha256) {
    /** @param buffer used when it is large enough */
    static Piece read(RandomAccessFile in, long offset, int length, byte[] buffer) throws IOException {
        byte[] bytes = buffer.length < length ? new byte[length] : buffer;
        in.seek(offset);
        in.readFully(bytes, 0, length);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return new Piece(offset, bytes, length, HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    long end() {
        return offset + length;
    }
}
