package solutions.itms.scs.api.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void whatIsMissingHasItsDefaultAndIsNoProblem() {
        Options options = new Options(Map.of("blank", " "));
        assertThat(options.number("port", 1, 65535, 3070)).isEqualTo(3070);
        assertThat(options.number("blank", 1, 65535, 3070)).isEqualTo(3070);
        assertThat(options.text("host", "localhost")).isEqualTo("localhost");
        assertThat(options.flag("enabled", true)).isTrue();
        assertThat(options.problems()).isEmpty();
    }

    @Test
    void numbersAndFlagsMayComeAsText() {
        Options options = new Options(Map.of("port", " 80 ", "seconds", 5L, "enabled", "FALSE", "host", " a "));
        assertThat(options.number("port", 1, 65535, 3070)).isEqualTo(80);
        assertThat(options.number("seconds", 1, 10, 2)).isEqualTo(5);
        assertThat(options.flag("enabled", true)).isFalse();
        assertThat(options.text("host", "")).isEqualTo("a");
        assertThat(options.problems()).isEmpty();
    }

    @Test
    void whatCannotBeUsedIsNamedWithWhatIsAllowed() {
        Options options = new Options(Map.of("port", 70000, "seconds", "soon", "enabled", 7, "list", List.of(1)));
        assertThat(options.number("port", 1, 65535, 3070)).isEqualTo(3070);
        assertThat(options.number("seconds", 1, 10, 2)).isEqualTo(2);
        assertThat(options.number("list", 1, 10, 3)).isEqualTo(3);
        assertThat(options.flag("enabled", true)).isTrue();
        assertThat(options.problems())
                .containsExactly(
                        "port '70000' is no whole number from 1 to 65535; using 3070",
                        "seconds 'soon' is no whole number from 1 to 10; using 2",
                        "list '[1]' is no whole number from 1 to 10; using 3",
                        "enabled '7' is neither true nor false; using true");
    }
}
