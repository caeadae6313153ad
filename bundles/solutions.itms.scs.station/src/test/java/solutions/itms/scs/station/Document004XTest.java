package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Document 004, sections 6.1.6 (time) and 8 (change management). */
class Document004XTest extends StationFixture {
    private static final Path PAGE = Path.of("../../docs/reference/station-http.md");
    private static final Pattern TIME =
            Pattern.compile("\\{\"ok\":true,\"nowUtc\":\"(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z)\","
                    + "\"epochMs\":(\\d+),\"tz\":\"([^\"]+)\",\"offsetMinutes\":(-?\\d+)}");

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 120, 999})
    @DisplayName("T1: the time has three decimals, and all its forms are one instant; nobody may cache it")
    void theTimeIsOneInstant(long millis) throws Exception {
        now.addAndGet(millis);
        for (String path : List.of("/time", "/sync-time")) {
            var answer = get(path);
            Matcher time = TIME.matcher(answer.body());
            assertThat(time.matches()).as(answer.body()).isTrue();
            assertThat(Instant.parse(time.group(1)).toEpochMilli())
                    .isEqualTo(Long.parseLong(time.group(2)))
                    .isEqualTo(now.get());
            assertThat(time.group(3)).isEqualTo("Asia/Bangkok");
            assertThat(time.group(4)).isEqualTo("420");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        }
    }

    @Test
    @DisplayName("X2: the enumerations stand in one table of the reference, and the snapshot names its version")
    void theEnumerationsStandInOneTable() throws Exception {
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        assertThat(row(page, "operation"))
                .containsExactlyElementsOf(
                        Stream.of(Operation.values()).map(Operation::text).toList());
        assertThat(row(page, "status")).containsExactly("online", "maintenance", "fault");
        assertThat(row(page, "aisleMode")).containsExactly("0", "1", "2", "3");
        assertThat(row(page, "side")).containsExactly("north", "south");
        assertThat(get("/hb").headers().firstValue("X-SCS-Interface")).hasValue("1.1");
        assertThat(page).contains("`X-SCS-Interface: 1.1`");
    }

    private static List<String> row(String page, String name) {
        Matcher row = Pattern.compile("(?m)^\\| `" + name + "` \\| ([^|]*) \\|").matcher(page);
        assertThat(row.find()).as(name).isTrue();
        return Pattern.compile("`([^`]+)`")
                .matcher(row.group(1))
                .results()
                .map(each -> each.group(1))
                .toList();
    }
}
