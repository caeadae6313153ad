package solutions.itms.scs.api.command;

import java.util.List;
import java.util.stream.Collectors;

/** A command was not carried out. Carries no stack: it is an answer, not a fault. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final FailureCode code;
    private final transient List<ParameterProblem> problems;

    /** @param text what is wrong, in words for people; no secret, no name of a class */
    public CommandException(FailureCode code, String text) {
        this(code, text, List.of());
    }

    private CommandException(FailureCode code, String text, List<ParameterProblem> problems) {
        super(text, null, false, false);
        this.code = code;
        this.problems = List.copyOf(problems);
    }

    /** These parameters are wrong; at least one. */
    public static CommandException ofParameters(List<ParameterProblem> problems) {
        return ofParameters(FailureCode.INVALID_PARAMETERS, problems);
    }

    /** It can't be done with these parameters, for another reason than that they are wrong in themselves. */
    public static CommandException ofParameters(FailureCode code, List<ParameterProblem> problems) {
        String text = problems.stream()
                .map(problem -> problem.parameter() + " " + problem.text())
                .collect(Collectors.joining("; "));
        return new CommandException(code, text, problems);
    }

    /** Which kind of failure it is. */
    public FailureCode code() {
        return code;
    }

    /** Which parameters it is about, each with its own text; empty when it is about none. */
    public List<ParameterProblem> problems() {
        return problems;
    }
}
