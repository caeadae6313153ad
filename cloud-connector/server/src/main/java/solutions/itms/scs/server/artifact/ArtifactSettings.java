package solutions.itms.scs.server.artifact;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may be uploaded, and how long it is kept.
 *
 * @param maxBytes of one file
 * @param gatewayBytes of all files of one gateway
 * @param accountBytes of all files of one account
 * @param gatewayCount files of one gateway
 * @param openUploads uploads of one gateway that are not complete
 * @param reserveBytes room on the disk that is never used
 * @param staleAfter silence after which an upload has failed
 * @param keepPartial how long the bytes of a failed upload are kept, so that it can go on
 * @param linkLife how long an address for a download or upload is good
 * @param keep how long each kind is kept once it is complete
 * @param s3 where the bytes are kept; null for the data folder
 */
public record ArtifactSettings(
        long maxBytes,
        long gatewayBytes,
        long accountBytes,
        int gatewayCount,
        int openUploads,
        long reserveBytes,
        Duration staleAfter,
        Duration keepPartial,
        Duration linkLife,
        Map<Kind, Duration> keep,
        @Nullable S3Settings s3) {
    private static final long MIB = 1024 * 1024;
    private static final long GIB = 1024 * MIB;
    private static final Duration KEEP = Duration.ofDays(30);

    public ArtifactSettings {
        EnumMap<Kind, Duration> all = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            all.put(kind, keep.getOrDefault(kind, KEEP));
        }
        keep = Map.copyOf(all);
    }

    /** What an operator gets who sets nothing. */
    public static final ArtifactSettings DEFAULT = new ArtifactSettings(
            2 * GIB,
            20 * GIB,
            200 * GIB,
            10_000,
            100,
            256 * MIB,
            Duration.ofMinutes(30),
            Duration.ofDays(1),
            Duration.ofMinutes(5),
            Map.of(Kind.VIDEO, Duration.ofDays(90), Kind.RECORDING, Duration.ofDays(90)),
            null);

    /** The same with another store. */
    public ArtifactSettings with(@Nullable S3Settings other) {
        return new ArtifactSettings(
                maxBytes,
                gatewayBytes,
                accountBytes,
                gatewayCount,
                openUploads,
                reserveBytes,
                staleAfter,
                keepPartial,
                linkLife,
                keep,
                other);
    }

    Duration keep(Kind kind) {
        return keep.getOrDefault(kind, KEEP);
    }
}
