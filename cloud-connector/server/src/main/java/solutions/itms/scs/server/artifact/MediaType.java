package solutions.itms.scs.server.artifact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The types that are taken. What a file says of itself in its first bytes must fit; nothing that a browser runs is here. */
enum MediaType {
    MP4("video/mp4", "mp4", true, EnumSet.of(Kind.CLIP, Kind.VIDEO, Kind.RECORDING), 4, "ftyp"),
    WEBM("video/webm", "webm", true, EnumSet.of(Kind.CLIP, Kind.VIDEO, Kind.RECORDING), 0, "\u001aE\u00df\u00a3"),
    MATROSKA(
            "video/x-matroska",
            "mkv",
            false,
            EnumSet.of(Kind.CLIP, Kind.VIDEO, Kind.RECORDING),
            0,
            "\u001aE\u00df\u00a3"),
    MP2T("video/mp2t", "ts", false, EnumSet.of(Kind.CLIP, Kind.VIDEO, Kind.RECORDING), 0, "G"),
    JPEG("image/jpeg", "jpg", true, EnumSet.of(Kind.SNAPSHOT, Kind.OTHER), 0, "\u00ff\u00d8\u00ff"),
    PNG("image/png", "png", true, EnumSet.of(Kind.SNAPSHOT, Kind.OTHER), 0, "\u0089PNG\r\n\u001a\n"),
    WEBP("image/webp", "webp", true, EnumSet.of(Kind.SNAPSHOT, Kind.OTHER), 8, "WEBP"),
    TEXT("text/plain", "txt", true, EnumSet.of(Kind.LOG, Kind.OTHER), 0, ""),
    CSV("text/csv", "csv", false, EnumSet.of(Kind.LOG, Kind.OTHER), 0, ""),
    /** As a clip, the sheet that tells how the pictures beside it were made. */
    JSON("application/json", "json", false, EnumSet.of(Kind.LOG, Kind.OTHER, Kind.CLIP), 0, ""),
    GZIP("application/gzip", "gz", false, EnumSet.of(Kind.LOG, Kind.OTHER), 0, "\u001f\u008b"),
    ZIP("application/zip", "zip", false, EnumSet.of(Kind.LOG, Kind.OTHER), 0, "PK"),
    TAR("application/x-tar", "tar", false, EnumSet.of(Kind.LOG, Kind.OTHER), 257, "ustar"),
    PCAP("application/vnd.tcpdump.pcap", "pcap", false, EnumSet.of(Kind.LOG, Kind.OTHER), 0, ""),
    PDF("application/pdf", "pdf", false, EnumSet.of(Kind.OTHER), 0, "%PDF"),
    BINARY("application/octet-stream", "bin", false, EnumSet.of(Kind.LOG, Kind.OTHER), 0, "");

    /** Bytes at the begin of a file that decide. */
    static final int HEAD = 512;

    private final String code;
    private final String extension;
    private final boolean inline;
    private final Set<Kind> kinds;
    private final int markAt;
    private final byte[] mark;

    MediaType(String code, String extension, boolean inline, Set<Kind> kinds, int markAt, String mark) {
        this.code = code;
        this.extension = extension;
        this.inline = inline;
        this.kinds = kinds;
        this.markAt = markAt;
        this.mark = mark.getBytes(StandardCharsets.ISO_8859_1);
    }

    static Optional<MediaType> of(String code) {
        return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
    }

    boolean isFor(Kind kind) {
        return kinds.contains(kind);
    }

    String code() {
        return code;
    }

    /** With the charset that texts have. */
    String header() {
        return code.startsWith("text/") ? code + "; charset=utf-8" : code;
    }

    String extension() {
        return extension;
    }

    /** Whether a browser shows it by itself and can't be made to run anything by it. */
    boolean isInline() {
        return inline;
    }

    /** Whether a file that begins like this can be of this type. An empty file is of any. */
    boolean fits(byte[] head) {
        if (head.length == 0 || mark.length == 0) {
            return true;
        }
        int end = markAt + mark.length;
        return head.length >= end && Arrays.equals(head, markAt, end, mark, 0, mark.length);
    }
}
