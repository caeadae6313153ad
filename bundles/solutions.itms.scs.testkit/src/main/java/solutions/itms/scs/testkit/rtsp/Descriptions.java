package solutions.itms.scs.testkit.rtsp;

import java.util.List;
import java.util.Set;

/** Writes what a stream is (SDP). */
final class Descriptions {
    private Descriptions() {}

    static String of(List<FrameSource> tracks, Set<RtspFault> faults) {
        StringBuilder out =
                new StringBuilder("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=recording\r\nt=0 0\r\na=control:*\r\n");
        for (int i = 0; i < tracks.size(); i++) {
            FrameSource track = tracks.get(i);
            boolean video = switch (track.encoding()) {
                case "H264", "H265", "JPEG", "MP4V-ES", "AV1" -> true;
                default -> false;
            };
            out.append("m=").append(video ? "video" : "audio").append(" 0 RTP/AVP 96\r\n");
            String control =
                    faults.contains(RtspFault.CONTROL_OF_SESSION_ALONE) ? "" : "a=control:trackID=" + i + "\r\n";
            boolean first = faults.contains(RtspFault.CONTROL_FIRST);
            out.append(first ? control : "").append("c=IN IP4 0.0.0.0\r\n");
            out.append("a=rtpmap:96 ")
                    .append(track.encoding())
                    .append('/')
                    .append(track.clockRate())
                    .append("\r\n");
            String format = track.format();
            if (video && faults.contains(RtspFault.PARAMETERS_IN_BAND_ONLY)) {
                format = format.replaceAll(";?\\s*sprop-[a-z-]+=[^;]*", "");
            }
            out.append(format.isEmpty() ? "" : "a=fmtp:96 " + format + "\r\n");
            out.append("a=x-onvif-track:")
                    .append(video ? "VIDEO" : "AUDIO")
                    .append("00")
                    .append(i + 1)
                    .append("\r\n");
            out.append(first ? "" : control);
        }
        return out.toString();
    }
}
