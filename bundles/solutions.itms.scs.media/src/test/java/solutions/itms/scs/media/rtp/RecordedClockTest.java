package solutions.itms.scs.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordedClockTest {
    private static final long T = 1_772_359_200_000_000L;
    private final RecordedClock clock = new RecordedClock(90_000);

    @Test
    void stampsThatAreRoundedGiveRegularTimes() {
        long first = clock.ticks(1_000, T, false);
        assertThat(clock.ticks(4_600, T + 42_000, false) - first).isEqualTo(3_600);
        assertThat(clock.ticks(8_200, T + 77_000, false) - first).isEqualTo(7_200);
    }

    @Test
    void aWrapOf32BitsIsOfNoMatter() {
        long first = clock.ticks(0xffff_ff00, T, false);
        assertThat(clock.ticks(0xffff_ff00 + 3_600, RtpPacket.NO_TIME, false) - first)
                .isEqualTo(3_600);
    }

    @Test
    void aStampFarAwayIsBelievedWhenThreeAgree() {
        long first = clock.ticks(0, T, false);
        long hour = 3_600L * 1_000_000;
        assertThat(clock.ticks(3_600, T + hour, false) - first).isEqualTo(3_600);
        assertThat(clock.ticks(7_200, T + hour + 40_000, false) - first).isEqualTo(7_200);
        assertThat(clock.ticks(10_800, T + hour + 80_000, false) - first).isEqualTo(3_600L * 90_000 + 7_200);
    }

    @Test
    void aGapThatTheRecorderTellsOfIsBelievedAtOnce() {
        long first = clock.ticks(0, T, false);
        assertThat(clock.ticks(3_600, T + 60_000_000, true) - first).isEqualTo(60L * 90_000);
    }

    @Test
    void aClockOfRtpThatStandsStillLeavesTheStamps() {
        long first = clock.ticks(7, T, false);
        assertThat(clock.ticks(7, T + 40_000, false) - first).isEqualTo(3_600);
        assertThat(clock.ticks(7, T + 80_000, false) - first).isEqualTo(7_200);
    }

    @Test
    void theEraOfNtpThatBeginsIn2036IsKnown() {
        Instant before = Instant.parse("2036-02-07T06:28:15Z");
        assertThat(NtpTime.micros(-1, 0)).isEqualTo(before.toEpochMilli() * 1_000);
        assertThat(NtpTime.micros(0, 1 << 31)).isEqualTo(before.toEpochMilli() * 1_000 + 1_500_000);
    }

    @Test
    void reportsWithoutATimeTellNone() {
        ByteBuffer report = ByteBuffer.allocate(28);
        report.put(0, (byte) 0x80).put(1, (byte) 200).putShort(2, (short) 6);
        RtcpReport read = new RtcpReport();
        read.read(report, 0, 28);
        assertThat(read.time()).isEqualTo(RtpPacket.NO_TIME);
    }
}
