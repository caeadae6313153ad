package solutions.itms.scs.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.media.codec.SoundFormat;
import solutions.itms.scs.media.codec.TrackFormat;

class Mp4WriterTest {
    private static final TrackFormat FORMAT = SoundFormat.g711(true, 8_000, 1);

    @Test
    void timesOfDecodingRiseAndNeverLieAfterThoseOfShowing() {
        SampleTable table = new SampleTable();
        long[] shown = {0, 12, 4, 8, 24, 16, 20, 20};
        for (long time : shown) {
            table.add(FORMAT, time * 900, 1, true);
        }
        long[] decoded = table.decodingTimes();
        for (int i = 0; i < decoded.length; i++) {
            assertThat(decoded[i]).isLessThanOrEqualTo(table.time(i));
            assertThat(i == 0 || decoded[i] > decoded[i - 1]).isTrue();
        }
    }

    @Test
    void offsetsBehindFourGigabytesHave64Bits() {
        SampleTable table = new SampleTable();
        table.add(FORMAT, 0, 100, true);
        table.chunk(5L << 30);
        ByteBuffer box = new Movie(List.of(new Movie.Track(table, 8_000, false)), 0, 1_000_000).box();
        String text = StandardCharsets.ISO_8859_1.decode(box).toString();
        int at = text.indexOf("co64");
        assertThat(at).isPositive();
        assertThat(text).doesNotContain("stco");
        assertThat(box.rewind().getLong(at + 12)).isEqualTo(5L << 30);
    }
}
