package solutions.itms.scs.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandParametersTest {
    @Test
    void whatIsRightIsReadAsWhatItIs() throws Exception {
        CommandParameters given = new CommandParameters(Map.of(
                "text",
                "สามย่าน",
                "one",
                "G1",
                "list",
                List.of("G1", "G2"),
                "number",
                new BigDecimal("2.0"),
                "flag",
                true));
        assertThat(given.text("text", 10)).hasValue("สามย่าน");
        assertThat(given.texts("one", 3, 10)).containsExactly("G1");
        assertThat(given.texts("list", 3, 10)).containsExactly("G1", "G2");
        assertThat(given.number("number", 0, 3)).hasValue(2);
        assertThat(given.flag("flag")).isTrue();
        given.check();
    }

    @Test
    void whatIsNotGivenOrNullIsAbsentAndNoFault() throws Exception {
        Map<String, Object> values = new HashMap<>();
        values.put("text", null);
        CommandParameters given = new CommandParameters(values);
        assertThat(given.has("text")).isFalse();
        assertThat(given.text("text", 10)).isEmpty();
        assertThat(given.texts("list", 3, 10)).isEmpty();
        assertThat(given.number("number", 0, 3)).isEmpty();
        assertThat(given.flag("flag")).isFalse();
        given.check();
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        CommandParameters given = new CommandParameters(
                Map.of("text", "a\nb", "list", List.of("G1", 2), "number", "2", "flag", "yes", "none", List.of()));
        assertThat(given.text("text", 10)).isEmpty();
        assertThat(given.texts("list", 3, 10)).isEmpty();
        assertThat(given.texts("none", 3, 10)).isEmpty();
        assertThat(given.number("number", 0, 3)).isEmpty();
        assertThat(given.flag("flag")).isFalse();
        CommandException failure = catchThrowableOfType(CommandException.class, given::check);
        assertThat(failure.code()).isEqualTo(FailureCode.INVALID_PARAMETERS);
        assertThat(failure.problems())
                .extracting(ParameterProblem::parameter)
                .containsExactly("text", "list", "none", "number", "flag");
        assertThat(failure)
                .hasMessageContaining("number must be a whole number from 0 to 3; flag must be true or false");
    }

    @Test
    void whatNobodyReadsIsNotKnown() {
        CommandParameters given = new CommandParameters(Map.of("operatoin", "emergency"));
        assertThat(given.text("operation", 10)).isEmpty();
        assertThatThrownBy(given::check).hasMessage("operatoin is not known");
    }

    @Test
    void numbersHaveOneFormEach() {
        List<Object> numbers = List.of(1, 1.0, 1.5f, new BigDecimal("1e3"), BigInteger.TEN, new BigDecimal("1e999"));
        assertThatThrownBy(() -> new CommandResult(Map.of("n", numbers))).hasMessageContaining("no form in JSON");
        assertThat(new CommandResult(Map.of("n", numbers.subList(0, 5)))
                        .values()
                        .get("n"))
                .isEqualTo(List.of(1L, 1L, 1.5, 1000L, 10L));
    }

    @Test
    void whatHasNoFormInJsonOrIsTooDeepIsRefused() {
        assertThatThrownBy(() -> new CommandResult(Map.of("a", new Object())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CommandResult(Map.of("a", Double.NaN))).hasMessageContaining("NaN");
        List<Object> deep = new ArrayList<>();
        deep.add(deep);
        assertThatThrownBy(() -> new CommandParameters(Map.of("a", deep))).hasMessageContaining("levels");
    }

    @Test
    void aResultDoesNotChangeWithWhatItWasMadeOf() {
        List<Object> list = new ArrayList<>(List.of("a"));
        CommandResult result = new CommandResult(Map.of("list", list));
        list.add("b");
        assertThat(result.values()).containsEntry("list", List.of("a"));
    }
}
