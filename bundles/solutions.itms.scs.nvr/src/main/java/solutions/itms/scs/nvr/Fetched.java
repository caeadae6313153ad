package solutions.itms.scs.nvr;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.media.clip.Clip;
import solutions.itms.scs.media.clip.Span;

/**
 * A clip that was fetched, with what is to be known of it.
 *
 * @param skew of the recorder's clock when it was fetched
 * @param began when the fetching began
 * @param notes beside those of the clip
 */
record Fetched(Wish wish, Channel channel, Clip clip, Skew skew, Instant began, Instant ended, List<String> notes) {
    Instant from() {
        return skew.toOurs(clip.shown());
    }

    Instant to() {
        return skew.toOurs(clip.last());
    }

    /** Everything that people ought to read. */
    List<String> allNotes() {
        List<String> all = new ArrayList<>(clip.notes());
        all.addAll(notes);
        if (!skew.note().isEmpty()) {
            all.add(skew.note());
        }
        return all;
    }

    /** Stretches that were fetched once more after losses, and those in which pictures are missing still; by our clock. */
    Map<String, @Nullable Object> losses() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("packets", clip.lostPackets());
        values.put("fetchedAgain", spans(clip.mended()));
        values.put("stillMissing", spans(clip.missing()));
        return values;
    }

    private List<Map<String, @Nullable Object>> spans(List<Span> spans) {
        return spans.stream()
                .map(gap -> {
                    Map<String, @Nullable Object> span = new LinkedHashMap<>();
                    span.put("from", skew.toOurs(gap.from()).toString());
                    span.put("to", skew.toOurs(gap.to()).toString());
                    return span;
                })
                .toList();
    }

    /** As the result of a command and the sheet of evidence have it; the times in it are ours. */
    Map<String, @Nullable Object> facts(String sha256, long bytes) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (wish.picture()) {
            values.put("requestedAt", wish.from().toString());
            values.put("at", to().toString());
        } else {
            values.put("requestedFrom", wish.from().toString());
            values.put("requestedTo", wish.to().toString());
            values.put("from", from().toString());
            values.put("to", to().toString());
            values.put("firstFrame", skew.toOurs(clip.first()).toString());
            values.put("seconds", clip.duration().toMillis() / 1000.0);
        }
        values.put("channel", channel.channel());
        values.put("channelName", channel.name());
        values.put("recording", channel.recording());
        values.put("bytes", bytes);
        values.put("sha256", sha256);
        values.put("frames", clip.frames());
        values.put("keyFrames", clip.keyFrames());
        values.put("codec", clip.videoCodec());
        values.put("width", clip.width());
        values.put("height", clip.height());
        values.put("audio", clip.audio());
        values.put("gaps", spans(clip.gaps()));
        values.put("complete", clip.complete());
        values.put("lostPackets", clip.lostPackets());
        values.put("reconnects", clip.reconnects());
        values.put("notes", allNotes());
        values.put("clockAheadMillis", skew.millis());
        return values;
    }
}
