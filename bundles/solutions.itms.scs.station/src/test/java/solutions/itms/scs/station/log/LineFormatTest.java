package solutions.itms.scs.station.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import solutions.itms.scs.api.privacy.CardNumbers;

class LineFormatTest {
    private static final Instant AT = Instant.parse("2025-08-14T08:21:07.648Z");
    private final Locale before = Locale.getDefault();
    private final LineFormat bangkok = new LineFormat(ZoneId.of("Asia/Bangkok"), "13");

    @AfterEach
    void restoreTheLocale() {
        Locale.setDefault(before);
    }

    @Test
    @DisplayName("L1, C12: a line begins with local time, milliseconds, offset, level and station")
    void aLineBeginsWithLocalTimeLevelAndStation() {
        assertThat(bangkok.line(AT, Level.INFO, "ready")).isEqualTo("2025-08-14T15:21:07.648+07:00 info 13 ready\n");
    }

    @Test
    @DisplayName("L1: a station in UTC has a numeric offset, too")
    void utcHasANumericOffset() {
        assertThat(new LineFormat(ZoneId.of("UTC"), "").line(Instant.parse("2025-08-14T08:21:07Z"), Level.ERROR, "x"))
                .isEqualTo("2025-08-14T08:21:07.000+00:00 error - x\n");
    }

    @Test
    @DisplayName("L1: the year is Gregorian and the digits are ASCII in a Thai locale")
    void theYearIsGregorianInAThaiLocale() {
        Locale.setDefault(Locale.forLanguageTag("th-TH-u-ca-buddhist-nu-thai"));
        assertThat(new LineFormat(ZoneId.of("Asia/Bangkok"), "13").line(AT, Level.WARN, "x"))
                .startsWith("2025-08-14T15:21:07.648+07:00 warn");
    }

    @Test
    @DisplayName("F46: nothing in a text or a station id makes a second line or moves the cursor")
    void nothingMakesASecondLine() {
        String line = bangkok.line(AT, Level.INFO, "a\r\nb\tc\u001b[31md\u0085e\u2028f\u202eg\\h\ud800i\u0000");
        assertThat(line).endsWith(" a\\r\\nb\\tc\\u001b[31md\\u0085e\\u2028f\\u202eg\\\\h\\ud800i\\u0000\n");
        assertThat(line.lines()).hasSize(1);
        assertThat(new LineFormat(ZoneId.of("UTC"), "1 3\n").line(AT, Level.INFO, "x"))
                .contains(" info 1_3 x");
        assertThat(bangkok.line(AT, Level.INFO, "ประตู 🚪")).endsWith(" ประตู 🚪\n");
    }

    @Test
    @DisplayName("F46: a line has an end")
    void aLineHasAnEnd() {
        String huge = LineFormat.head("x".repeat(1_000_000));
        assertThat(huge.length()).isLessThan(5_000);
        assertThat(bangkok.line(AT, Level.INFO, huge)).hasSizeLessThan(4_200).endsWith("x…\n");
    }

    @ParameterizedTest
    @CsvSource({
        "card 4111111111111111 read, card ************1111 read",
        "4111 1111 1111 1111, **** **** **** 1111",
        "4111-1111-1111-1111, ****-****-****-1111",
        "378282246310005, ***********0005",
        "4222222222222, *********2222",
        "6304000000000000000, ***************0000",
        ";4111111111111111=2512101, ;************1111=2512101",
        "at 17 4111111111111111, at 17 ************1111",
        "tap 2025 4111 1111 1111 1111 ok, tap 2025 **** **** **** 1111 ok",
        "๔๑๑๑๑๑๑๑๑๑๑๑๑๑๑๑, ************๑๑๑๑"
    })
    @DisplayName("F46: card numbers are masked, however they are written")
    void cardNumbersAreMasked(String text, String masked) {
        assertThat(CardNumbers.mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4111111111111112",
                "411111111111",
                "2025-08-14T15:21:07.648+07:00",
                "192.168.1.101",
                "41111111111111111111",
                "4111  1111  1111  1111",
                "0000000000000000"
            })
    void otherNumbersAreLeftAlone(String text) {
        assertThat(CardNumbers.mask(text)).isEqualTo(text);
    }

    @Test
    @DisplayName("F46: a card number at the cut is masked before it is cut")
    void aCardNumberAtTheCutIsMaskedFirst() {
        String text = "x".repeat(LineFormat.MAX_TEXT - 15) + "4111111111111111";
        assertThat(bangkok.line(AT, Level.INFO, LineFormat.head(text))).endsWith("x************111…\n");
    }
}
