package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    @ParameterizedTest
    @CsvSource({
        "2025-08-14T13:31:52Z, 2025-08-14T13:31:52Z",
        "2025-08-14t13:31:52z, 2025-08-14T13:31:52Z",
        "2025-08-14T20:31:52+07:00, 2025-08-14T13:31:52Z",
        "2025-08-14T13:31:52-00:30, 2025-08-14T14:01:52Z",
        "2025-08-14T13:31:52.5Z, 2025-08-14T13:31:52.5Z",
        "2025-08-14T13:31:52.123456789Z, 2025-08-14T13:31:52.123456789Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
        "2000-01-01T06:59:59+07:00, ",
        "1999-12-31T23:59:59-01:00, 2000-01-01T00:59:59Z",
    })
    @DisplayName("L2, F2: times with Z or an offset, to the nanosecond")
    void timesWithAZone(String text, String expected) {
        assertThat(Timestamps.parse(text)).isEqualTo(expected == null ? null : Instant.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2025-08-14",
                "2025-08-14T13:31:52",
                "2025-08-14T13:31Z",
                "2025-08-14 13:31:52Z",
                "2025-13-14T13:31:52Z",
                "2025-02-29T13:31:52Z",
                "2025-08-14T24:00:00Z",
                "2025-08-14T13:60:00Z",
                "2025-08-14T13:31:60Z",
                "2025-08-14T13:31:52.Z",
                "2025-08-14T13:31:52.1234567890Z",
                "2025-08-14T13:31:52+7:00",
                "2025-08-14T13:31:52+0700",
                "2025-08-14T13:31:52+19:00",
                "2025-08-14T13:31:52Zx",
                "+12025-08-14T13:31:52Z",
                "2101-01-01T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "๒๐๒๕-08-14T13:31:52Z",
                "2025‑08‑14T13:31:52Z",
                "2025-08-14T13:31:52.123",
                "2568-08-14T13:31:52Z"
            })
    void anythingElseIsNone(String text) {
        assertThat(Timestamps.parse(text)).isNull();
    }

    @Test
    void anyInstantIsReadAsTheLibraryWritesIt() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochSecond(
                    946_684_800L + (long) (random.nextDouble() * 3_155_760_000L), random.nextInt(1_000_000_000));
            ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2 * 18 * 60 + 1) - 18 * 60));
            OffsetDateTime local = instant.atOffset(offset);
            String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME
                    .withLocale(Locale.ROOT)
                    .format(local);
            Instant expected =
                    local.getYear() >= 1999 && instant.isBefore(Instant.parse("2100-01-01T00:00:00Z")) ? instant : null;
            assertThat(Timestamps.parse(text)).as(text).isEqualTo(expected);
        }
    }
}
