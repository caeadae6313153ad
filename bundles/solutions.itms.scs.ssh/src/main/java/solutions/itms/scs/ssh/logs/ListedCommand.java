package solutions.itms.scs.ssh.logs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command that may be run at a gate by its name. Nobody who calls it writes any of what the gate's shell takes apart:
 * each word is quoted as a whole, after the arguments have been put in.
 *
 * @param run the words, with <code>{name}</code> where an argument goes
 */
public record ListedCommand(String name, String title, List<String> run, List<Parameter> parameters, Duration timeout) {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z][a-zA-Z0-9_]{0,31})\\}");

    public ListedCommand {
        run = List.copyOf(run);
        parameters = List.copyOf(parameters);
    }

    /** An argument that a caller gives. */
    public record Parameter(String name, Check check) {}

    /** What an argument may be. */
    @FunctionalInterface
    public interface Check {
        /** Why the text is not allowed, to be read behind its name; empty when it is. */
        String objection(String text);
    }

    /** Names that stand in the words and are no parameters. */
    List<String> unknownPlaces() {
        List<String> unknown = new ArrayList<>();
        for (String word : run) {
            Matcher places = PLACE.matcher(word);
            while (places.find()) {
                String place = places.group(1);
                if (parameters.stream().noneMatch(parameter -> parameter.name().equals(place))) {
                    unknown.add(place);
                }
            }
        }
        return unknown;
    }

    /** What is wrong with the arguments, each to be read as it is; empty when they may be used. */
    public List<String> problems(Map<String, String> arguments) {
        List<String> problems = new ArrayList<>();
        for (Parameter parameter : parameters) {
            String text = arguments.get(parameter.name());
            if (text == null) {
                problems.add(parameter.name() + " must be given");
            } else {
                String objection = parameter.check().objection(text);
                if (!objection.isEmpty()) {
                    problems.add(parameter.name() + " " + objection);
                } else if (text.startsWith("-") && run.contains("{" + parameter.name() + "}") && !isNumber(text)) {
                    problems.add(parameter.name() + " must not begin with -");
                }
            }
        }
        arguments.keySet().stream()
                .filter(given -> parameters.stream()
                        .noneMatch(parameter -> parameter.name().equals(given)))
                .forEach(given -> problems.add(given + " is not known"));
        return problems;
    }

    /** The line for the gate's shell. @throws IllegalArgumentException when the arguments have problems */
    public String line(Map<String, String> arguments) {
        List<String> problems = problems(arguments);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        List<String> words = new ArrayList<>(run.size());
        for (String word : run) {
            words.add(PLACE.matcher(word)
                    .replaceAll(place -> Matcher.quoteReplacement(arguments.getOrDefault(place.group(1), ""))));
        }
        return quote(words);
    }

    /** Words as a POSIX shell takes them: each in single quotes, within which nothing is special. */
    public static String quote(List<String> words) {
        List<String> quoted = new ArrayList<>(words.size());
        for (String word : words) {
            quoted.add("'" + word.replace("'", "'\\''") + "'");
        }
        return String.join(" ", quoted);
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9]{1,18}");
    }
}
