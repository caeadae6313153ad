package solutions.itms.scs.testkit.rtsp;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;

/** The pictures of a channel as they are made, from now on, for a day. */
final class LivePictures implements FrameSource {
    private final Recording recording;

    LivePictures(Recording recording) {
        this.recording = recording;
    }

    @Override
    public String encoding() {
        return "H264";
    }

    @Override
    public int clockRate() {
        return 90_000;
    }

    @Override
    public String format() {
        return new ClockPictures(recording).format();
    }

    @Override
    public List<byte[]> parameterSets() {
        return new ClockPictures(recording).parameterSets();
    }

    @Override
    public Iterator<EncodedFrame> from(long micros) {
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        Recording live = Recording.of(
                recording.token(), recording.channel(), now, now.plus(1, ChronoUnit.DAYS), recording.format());
        return new ClockPictures(live).from(now.toEpochMilli() * 1_000);
    }
}
