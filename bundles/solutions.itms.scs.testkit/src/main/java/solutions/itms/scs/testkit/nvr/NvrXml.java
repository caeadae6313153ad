package solutions.itms.scs.testkit.nvr;

import java.time.Instant;
import java.util.List;
import org.w3c.dom.Element;
import solutions.itms.scs.testkit.rtsp.Recording;

/** Parts of answers of a simulated recorder. Stateless. */
final class NvrXml {
    private NvrXml() {}

    /** The text of the first element of this name below. */
    static String text(Element parent, String name) {
        var list = parent.getElementsByTagNameNS("*", name);
        return list.getLength() == 0 ? "" : list.item(0).getTextContent().strip();
    }

    static boolean hasDataAt(Recording recording, Instant time) {
        return recording.spans().stream().anyMatch(span -> !time.isBefore(span.from()) && time.isBefore(span.to()));
    }

    static Recording until(Recording recording, Instant now) {
        if (!latest(recording).isAfter(now)) {
            return recording;
        }
        List<Recording.TimeSpan> spans = recording.spans().stream()
                .filter(span -> span.from().isBefore(now))
                .map(span -> span.to().isAfter(now) ? new Recording.TimeSpan(span.from(), now) : span)
                .toList();
        return new Recording(recording.token(), recording.channel(), recording.name(), spans, recording.format());
    }

    static Instant earliest(Recording recording) {
        return recording.spans().get(0).from();
    }

    static Instant latest(Recording recording) {
        return recording.spans().get(recording.spans().size() - 1).to();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String source(Recording recording) {
        return "<tt:Source><tt:SourceId>urn:" + recording.token() + "</tt:SourceId><tt:Name>"
                + escape(recording.name()) + "</tt:Name><tt:Location>Station</tt:Location>"
                + "<tt:Description>camera</tt:Description><tt:Address>http://127.0.0.1</tt:Address></tt:Source>";
    }

    static String configuration(String element, Recording recording) {
        return "<" + element + ">" + source(recording)
                + "<tt:Content>continuous</tt:Content><tt:MaximumRetentionTime>P30D</tt:MaximumRetentionTime></"
                + element + ">";
    }

    static String item(Recording recording) {
        return "<trc:RecordingItem><tt:RecordingToken>" + recording.token() + "</tt:RecordingToken>"
                + configuration("tt:Configuration", recording)
                + "<tt:Tracks><tt:Track><tt:TrackToken>VIDEO001</tt:TrackToken><tt:Configuration>"
                + "<tt:TrackType>Video</tt:TrackType><tt:Description>main</tt:Description></tt:Configuration></tt:Track>"
                + "<tt:Track><tt:TrackToken>META001</tt:TrackToken><tt:Configuration><tt:TrackType>Metadata"
                + "</tt:TrackType><tt:Description/></tt:Configuration></tt:Track></tt:Tracks></trc:RecordingItem>";
    }

    static String job(Recording recording, boolean idle) {
        return "<trc:JobItem><tt:JobToken>job-" + recording.token() + "</tt:JobToken><tt:JobConfiguration>"
                + "<tt:RecordingToken>" + recording.token() + "</tt:RecordingToken><tt:Mode>"
                + (idle ? "Idle" : "Active") + "</tt:Mode><tt:Priority>1</tt:Priority><tt:Source><tt:SourceToken>"
                + "<tt:Token>main</tt:Token></tt:SourceToken></tt:Source></tt:JobConfiguration></trc:JobItem>";
    }

    static String information(Recording recording, boolean since1970, boolean idle) {
        Instant earliest = since1970 ? Instant.parse("1970-01-01T00:03:15Z") : earliest(recording);
        return "<tse:RecordingInformation><tt:RecordingToken>" + recording.token() + "</tt:RecordingToken>"
                + source(recording) + "<tt:EarliestRecording>" + earliest + "</tt:EarliestRecording>"
                + "<tt:LatestRecording>" + latest(recording)
                + "</tt:LatestRecording><tt:Content>continuous</tt:Content>"
                + "<tt:Track><tt:TrackToken>VIDEO001</tt:TrackToken><tt:TrackType>Video</tt:TrackType>"
                + "<tt:Description>main</tt:Description><tt:DataFrom>" + earliest + "</tt:DataFrom><tt:DataTo>"
                + latest(recording) + "</tt:DataTo></tt:Track><tt:RecordingStatus>"
                + (idle ? "Stopped" : "Recording") + "</tt:RecordingStatus></tse:RecordingInformation>";
    }

    static String attributes(Recording recording) {
        return "<tse:MediaAttributes><tt:RecordingToken>" + recording.token()
                + "</tt:RecordingToken><tt:TrackAttributes><tt:TrackInformation><tt:TrackToken>VIDEO001</tt:TrackToken>"
                + "<tt:TrackType>Video</tt:TrackType><tt:Description/><tt:DataFrom>" + earliest(recording)
                + "</tt:DataFrom><tt:DataTo>" + latest(recording) + "</tt:DataTo></tt:TrackInformation>"
                + "<tt:VideoAttributes><tt:Bitrate>3000</tt:Bitrate><tt:Width>1280</tt:Width><tt:Height>720</tt:Height>"
                + "<tt:Encoding>H264</tt:Encoding><tt:Framerate>25</tt:Framerate></tt:VideoAttributes>"
                + "</tt:TrackAttributes><tt:From>" + earliest(recording) + "</tt:From><tt:Until>" + latest(recording)
                + "</tt:Until></tse:MediaAttributes>";
    }
}
