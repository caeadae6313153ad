package solutions.itms.scs.media.clip;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.media.codec.SoundFormat;
import solutions.itms.scs.media.codec.TrackFormat;
import solutions.itms.scs.media.rtp.AacDepacketizer;
import solutions.itms.scs.media.rtp.Depacketizer;
import solutions.itms.scs.media.rtp.FrameBuffer;
import solutions.itms.scs.media.rtp.FrameListener;
import solutions.itms.scs.media.rtp.G711Depacketizer;
import solutions.itms.scs.media.rtp.H264Depacketizer;
import solutions.itms.scs.media.rtp.H265Depacketizer;
import solutions.itms.scs.media.rtp.JpegDepacketizer;
import solutions.itms.scs.media.rtp.Mpeg4Depacketizer;
import solutions.itms.scs.media.rtsp.Sdp;

/** Chooses tracks of a description, and what takes them apart. */
final class Receivers {
    private Receivers() {}

    /** The track with pictures; the first that is known. */
    static Optional<Sdp.Track> video(Sdp description) {
        return description.tracks().stream()
                .filter(track -> track.kind().equals("video"))
                .filter(track -> switch (track.encoding()) {
                    case "H264", "H265", "JPEG", "MP4V-ES" -> true;
                    default -> false;
                })
                .findFirst();
    }

    /** The track with sound; the first that is known. */
    static Optional<Sdp.Track> audio(Sdp description) {
        return description.tracks().stream()
                .filter(track -> track.kind().equals("audio"))
                .filter(track -> switch (track.encoding()) {
                    case "PCMU", "PCMA" -> true;
                    case "MPEG4-GENERIC" -> aac(track) != null;
                    default -> false;
                })
                .findFirst();
    }

    static Depacketizer of(Sdp.Track track, FrameBuffer buffer, FrameListener listener) {
        return switch (track.encoding()) {
            case "H264" ->
                new H264Depacketizer(track.type(), sets(track.format(), "sprop-parameter-sets"), buffer, listener);
            case "H265" ->
                new H265Depacketizer(
                        track.type(), sets(track.format(), "sprop-vps", "sprop-sps", "sprop-pps"), buffer, listener);
            case "JPEG" -> new JpegDepacketizer(track.type(), buffer, listener);
            case "MP4V-ES" -> new Mpeg4Depacketizer(track.type(), configuration(track), buffer, listener);
            case "MPEG4-GENERIC" -> {
                TrackFormat format = aac(track);
                if (format == null) {
                    throw new IllegalArgumentException("no AAC");
                }
                yield new AacDepacketizer(
                        track.type(),
                        format,
                        number(track.format(), "sizelength", 13),
                        number(track.format(), "indexlength", 3),
                        1024,
                        buffer,
                        listener);
            }
            default ->
                new G711Depacketizer(
                        track.type(),
                        SoundFormat.g711(track.encoding().equals("PCMU"), track.rate(), track.channels()),
                        buffer,
                        listener);
        };
    }

    private static byte[] configuration(Sdp.Track track) {
        try {
            return HexFormat.of().parseHex(track.format().getOrDefault("config", ""));
        } catch (IllegalArgumentException e) {
            return new byte[0]; // the one in the stream will do
        }
    }

    @Nullable
    private static TrackFormat aac(Sdp.Track track) {
        try {
            return SoundFormat.aac(configuration(track));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static int number(Map<String, String> format, String name, int otherwise) {
        String text = format.getOrDefault(name, "");
        return text.matches("\\d{1,2}") ? Integer.parseInt(text) : otherwise;
    }

    private static List<byte[]> sets(Map<String, String> format, String... names) {
        List<byte[]> sets = new ArrayList<>();
        for (String name : names) {
            for (String set : format.getOrDefault(name, "").split(",")) {
                try {
                    sets.add(Base64.getDecoder().decode(set.strip()));
                } catch (IllegalArgumentException e) {
                    // those in the stream will do
                }
            }
        }
        return sets;
    }
}
