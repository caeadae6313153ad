package solutions.itms.scs.station.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeNameTest {
    @ParameterizedTest
    @CsvSource({
        "g1-01, g1-01",
        "G1-01, %471-01",
        "../../etc/passwd, %2e.%2f..%2fetc%2fpasswd",
        "..,%2e.",
        ".hidden, %2ehidden",
        "CON, %43%4f%4e",
        "con, %63on",
        "nul.txt, %6eul.txt",
        "console, console",
        "a%2fb, a%252fb",
        "ประตู, %e0%b8%9b%e0%b8%a3%e0%b8%b0%e0%b8%95%e0%b8%b9",
        "g1.2025-08-14, g1%2e2025-08-14",
        "a:b*c?, a%3ab%2ac%3f"
    })
    @DisplayName("L8: an id becomes a name that no disk takes for anything else")
    void anIdBecomesASafeName(String id, String name) {
        assertThat(SafeName.of(id)).isEqualTo(name);
    }

    @Test
    @DisplayName("L8: 64 Thai characters have a bounded name that tells them apart")
    void longIdsHaveABoundedName() {
        String id = "ก".repeat(63);
        assertThat(SafeName.of(id + "ก")).isNotEqualTo(SafeName.of(id + "ข")).hasSizeLessThanOrEqualTo(200);
        assertThat(SafeName.of(id + "ก")).matches("(%[0-9a-f]{2})+~[0-9a-f]{32}");
        assertThat(Folder.DEVICES.parse(SafeName.of(id + "ก") + ".2025-08-14.log.gz"))
                .isNotNull();
        assertThat(SafeName.of("")).matches("~[0-9a-f]{32}");
        assertThat(SafeName.of("a\ud800")).isNotEqualTo(SafeName.of("a\ud801"));
    }

    @Test
    @DisplayName("L8: no two ids share a name, also where case does not count")
    void noTwoIdsShareAName() {
        Map<String, String> names = new HashMap<>();
        Random random = new Random(8);
        String alphabet = "aA.%2eE-~/ก";
        for (int i = 0; i < 50_000; i++) {
            String id = random.ints(1 + random.nextInt(i % 10 == 0 ? 64 : 4), 0, alphabet.length())
                    .mapToObj(at -> alphabet.substring(at, at + 1))
                    .collect(Collectors.joining());
            String name = SafeName.of(id);
            assertThat(name).matches("[a-z0-9._%~-]{1,200}").isEqualTo(name.toLowerCase(Locale.ROOT));
            assertThat(names.putIfAbsent(name, id)).as(name).isIn(null, id);
        }
    }
}
