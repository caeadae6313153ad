package solutions.itms.scs.message.command;

import java.util.List;

/** An envelope, a report or a request that is not accepted. Carries no stack: it is an answer, not a fault. */
public final class CommandRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient List<Problem> problems;

    /** @param text what is wrong, in words for people; no secret */
    public CommandRefusedException(ErrorCode code, String text) {
        this(code, text, List.of());
    }

    /** @param problems which values it is about; at least one */
    public CommandRefusedException(ErrorCode code, List<Problem> problems) {
        this(code, String.join("; ", problems.stream().map(Problem::describe).toList()), problems);
    }

    private CommandRefusedException(ErrorCode code, String text, List<Problem> problems) {
        super(text, null, false, false);
        this.code = code;
        this.problems = List.copyOf(problems);
    }

    /** Why. */
    public ErrorCode code() {
        return code;
    }

    /** Which values it is about; empty when it is about none. */
    public List<Problem> problems() {
        return problems;
    }
}
