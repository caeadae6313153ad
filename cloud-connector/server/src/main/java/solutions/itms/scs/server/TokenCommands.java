package solutions.itms.scs.server;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import solutions.itms.scs.server.auth.ApiTokens;
import solutions.itms.scs.server.db.Database;

/** The commands {@code add-token} and {@code remove-token}: who may read metrics without a session. */
final class TokenCommands {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");

    private TokenCommands() {}

    static void add(List<String> words, PrintStream out, Clock clock) throws StartException, IOException {
        Options options = parse(words);
        String name = name(options);
        try (Database database = open(options)) {
            String token = new ApiTokens(database, clock)
                    .add(name)
                    .orElseThrow(() -> Options.usage("there is a token " + name + " already; remove-token removes it"));
            out.println(token);
            out.flush();
        }
    }

    static void remove(List<String> words, Clock clock) throws StartException, IOException {
        Options options = parse(words);
        String name = name(options);
        try (Database database = open(options)) {
            if (!new ApiTokens(database, clock).remove(name)) {
                throw Options.usage("there is no token " + name);
            }
        }
    }

    private static Options parse(List<String> words) throws StartException {
        return Options.parse(words, Options.names(DatabaseOptions.NAMES, "--data"), Set.of());
    }

    private static String name(Options options) throws StartException {
        List<String> arguments = options.arguments();
        if (arguments.size() != 1 || !NAME.matcher(arguments.get(0)).matches()) {
            throw Options.usage("exactly one name is needed, of 1 to 64 letters, digits or . _ -");
        }
        return arguments.get(0);
    }

    private static Database open(Options options) throws StartException, IOException {
        DataDirectory data = DataDirectory.create(options.path("--data"));
        return DatabaseOptions.open(DatabaseOptions.postgres(options, System.getenv()), data);
    }
}
