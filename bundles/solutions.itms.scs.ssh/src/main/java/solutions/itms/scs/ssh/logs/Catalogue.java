package solutions.itms.scs.ssh.logs;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What may be fetched from a kind of gate, and done at it: one file of {@code deviceCommunicationPath}.
 *
 * @param file its name
 * @param gates ids of the gates it is for, with {@code *} for any characters
 * @param logs files to fetch
 * @param outputs commands whose output belongs to the logs
 * @param commands what may be run by name
 */
public record Catalogue(
        String file, List<String> gates, List<LogSource> logs, List<Output> outputs, List<ListedCommand> commands) {
    /** For gates that no file names: nothing is fetched, nothing may be run. */
    public static final Catalogue EMPTY = new Catalogue("", List.of(), List.of(), List.of(), List.of());

    public Catalogue {
        gates = List.copyOf(gates);
        logs = List.copyOf(logs);
        outputs = List.copyOf(outputs);
        commands = List.copyOf(commands);
    }

    /**
     * Files to fetch.
     *
     * @param path where they are
     * @param maxBytes at most so much of them in one collection
     */
    public record LogSource(PathPattern path, long maxBytes) {}

    /**
     * A command whose output is kept.
     *
     * @param line as the gate's shell gets it, each word quoted
     */
    public record Output(String name, String line, Duration timeout) {}

    /** Whether it is for that gate. */
    public boolean isFor(String gate) {
        return gates.stream().anyMatch(glob -> matches(glob, gate));
    }

    /** The command of that name. */
    public Optional<ListedCommand> command(String name) {
        return commands.stream().filter(command -> command.name().equals(name)).findFirst();
    }

    private static boolean matches(String glob, String gate) {
        StringBuilder regex = new StringBuilder();
        for (String part : glob.split("\\*", -1)) {
            regex.append(regex.length() == 0 ? "" : ".*").append(Pattern.quote(part));
        }
        return gate.matches(regex.toString());
    }
}
