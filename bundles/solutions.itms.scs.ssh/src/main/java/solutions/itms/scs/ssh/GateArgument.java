package solutions.itms.scs.ssh;

import java.util.List;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandParameters;

/** Reads which gates a command is about. */
final class GateArgument {
    private static final int MAX_GATES = 20;
    private static final int MAX_ID = 64;

    private GateArgument() {}

    /** The one gate, when there is no other parameter. */
    static String one(CommandParameters parameters) throws CommandException {
        String id = read(parameters);
        parameters.check();
        return id;
    }

    /** The one gate; what is wrong is noted. */
    static String read(CommandParameters parameters) {
        String id = parameters.text("gate", MAX_ID).orElse("");
        if (!parameters.has("gate")) {
            parameters.problem("gate", "must be given");
        }
        return id;
    }

    /** One or more gates; what is wrong is noted. */
    static List<String> several(CommandParameters parameters) {
        List<String> ids = parameters.texts("gates", MAX_GATES, MAX_ID);
        if (!parameters.has("gates")) {
            parameters.problem("gates", "must be given");
        }
        return ids;
    }
}
