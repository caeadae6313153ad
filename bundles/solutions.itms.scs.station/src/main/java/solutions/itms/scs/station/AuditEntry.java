package solutions.itms.scs.station;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One change in the audit. Each entry's hash covers the one before it, so that none can be altered, taken out or put
 * in between without breaking the chain.
 *
 * @param seq grows by one
 * @param group seq of the first entry of the same request; all of them were committed together
 * @param at when it was requested, in whole milliseconds
 * @param who where it came from
 * @param device what it changed
 * @param kind {@code operation}, {@code leaving_emergency}, {@code aisle_mode} or {@code inservice_last}
 * @param before the value until then; null when there was none
 * @param after the value from then on
 * @param reason in the words of whoever wanted it
 * @param previousHash hash of the entry before this one; empty in the first one of all
 * @param hash SHA-256 over all of the above, in hex
 */
record AuditEntry(
        long seq,
        long group,
        Instant at,
        String who,
        String device,
        String kind,
        @Nullable String before,
        @Nullable String after,
        @Nullable String reason,
        String previousHash,
        String hash) {

    /** The entry with its hash. */
    static AuditEntry chained(
            long seq,
            long group,
            Instant at,
            String who,
            String device,
            String kind,
            @Nullable String before,
            @Nullable String after,
            @Nullable String reason,
            String previousHash) {
        AuditEntry bare = new AuditEntry(seq, group, at, who, device, kind, before, after, reason, previousHash, "");
        return new AuditEntry(
                seq, group, at, who, device, kind, before, after, reason, previousHash, bare.computedHash());
    }

    /** What {@link #hash} must be. */
    String computedHash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content());
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** All fields, each with its length before it, so that no two entries have the same content. */
    private byte[] content() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(seq);
            out.writeLong(group);
            out.writeLong(at.toEpochMilli());
            for (String text : new @Nullable String[] {who, device, kind, before, after, reason, previousHash}) {
                byte[] utf8 = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(utf8 == null ? -1 : utf8.length);
                out.write(utf8 == null ? new byte[0] : utf8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
