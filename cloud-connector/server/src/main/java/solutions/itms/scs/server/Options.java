package solutions.itms.scs.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words behind a command: {@code --name value}, {@code --flag}, and arguments in their order. */
final class Options {
    private static final int MAX_PORT = 65_535;

    private final Map<String, String> values = new HashMap<>();
    private final List<String> arguments = new ArrayList<>();

    /**
     * Reads the words.
     *
     * @param withValue names of options that take a value
     * @param flags names of options that take none
     * @throws StartException if there is another option, or a value is missing
     */
    static Options parse(List<String> words, Set<String> withValue, Set<String> flags) throws StartException {
        Options options = new Options();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("--")) {
                options.arguments.add(word);
            } else if (flags.contains(word)) {
                options.values.put(word, "true");
            } else if (!withValue.contains(word)) {
                throw usage("there is no option " + word + " here");
            } else if (i + 1 == words.size()) {
                throw usage("option " + word + " needs a value");
            } else {
                options.values.put(word, words.get(++i));
            }
        }
        return options;
    }

    /** Names of one command, beside those of a group. */
    static Set<String> names(Set<String> group, String... more) {
        Set<String> names = new HashSet<>(group);
        names.addAll(List.of(more));
        return names;
    }

    List<String> arguments() {
        return List.copyOf(arguments);
    }

    boolean has(String flag) {
        return values.containsKey(flag);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** An option, or else a variable of the environment. */
    Optional<String> value(String name, Map<String, String> environment, String variable) {
        return text(name).or(() -> Optional.ofNullable(environment.get(variable)));
    }

    /** The first line of a file, or else a variable of the environment; empty when there is neither. */
    String secret(String fileOption, Map<String, String> environment, String variable) throws StartException {
        if (!has(fileOption)) {
            return environment.getOrDefault(variable, "");
        }
        Path file = path(fileOption);
        try {
            return Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .strip();
        } catch (IOException e) {
            throw usage("can't read " + file + " (option " + fileOption + ")");
        }
    }

    Path path(String name) throws StartException {
        String value = text(name).orElseThrow(() -> usage("option " + name + " is needed"));
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw usage("option " + name + " is no path: " + e.getReason());
        }
    }

    int port(String name, int preset) throws StartException {
        String value = values.get(name);
        if (value == null) {
            return preset;
        }
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw usage("option " + name + " must be a number from 0 to " + MAX_PORT + ", not " + value);
    }

    /** A whole number within limits. */
    long whole(String name, long preset, long min, long max) throws StartException {
        String value = values.get(name);
        if (value == null) {
            return preset;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw usage("option " + name + " must be a number from " + min + " to " + max + ", not " + value);
    }

    static StartException usage(String message) {
        return new StartException(StartException.USAGE, message + "; the command 'help' lists all options");
    }
}
