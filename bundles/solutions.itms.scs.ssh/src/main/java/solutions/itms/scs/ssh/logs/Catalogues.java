package solutions.itms.scs.ssh.logs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.message.command.Problem;
import solutions.itms.scs.message.command.Schema;
import solutions.itms.scs.ssh.logs.Catalogue.LogSource;
import solutions.itms.scs.ssh.logs.Catalogue.Output;
import solutions.itms.scs.ssh.logs.ListedCommand.Check;
import solutions.itms.scs.ssh.logs.ListedCommand.Parameter;

/**
 * Reads the catalogues of a folder, each a JSON file that {@code catalogue.schema.json} describes. A file with a mistake
 * is left out as a whole, and the mistake is told.
 *
 * @param all in the order of the files' names: the first one that is for a gate counts
 * @param problems what could not be used, in words
 */
public record Catalogues(List<Catalogue> all, List<String> problems) {
    private static final int MAX_FILE = 256 * 1024;
    private static final int MAX_FILES = 100;
    private static final int DEFAULT_TIMEOUT = 30;
    private static final int DEFAULT_LENGTH = 100;
    private static final long MEGABYTE = 1024L * 1024;
    private static final Schema SCHEMA = schema();

    public Catalogues {
        all = List.copyOf(all);
        problems = List.copyOf(problems);
    }

    /** The catalogue for a gate. */
    public Catalogue forGate(String gate) {
        return all.stream().filter(one -> one.isFor(gate)).findFirst().orElse(Catalogue.EMPTY);
    }

    /** Reads the folder; one that is not there is empty. */
    public static Catalogues read(Path folder) {
        List<Path> files = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.json")) {
                found.forEach(files::add);
            } catch (IOException e) {
                problems.add(folder + " can't be read: " + e);
            }
        }
        files.sort(null);
        List<Catalogue> all = new ArrayList<>();
        for (Path file : files.subList(0, Math.min(MAX_FILES, files.size()))) {
            try {
                all.add(parse(String.valueOf(file.getFileName()), content(file)));
            } catch (IOException | IllegalArgumentException e) {
                problems.add(file + ": " + e.getMessage());
            }
        }
        return new Catalogues(all, problems);
    }

    private static byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_FILE + 1);
        }
    }

    /** @throws IllegalArgumentException with everything that is wrong */
    static Catalogue parse(String file, byte[] json) {
        Map<String, @Nullable Object> root;
        try {
            root = JsonText.readObject(json, MAX_FILE);
        } catch (MalformedPayloadException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        List<Problem> problems = SCHEMA.validate(root);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    String.join("; ", problems.stream().map(Problem::describe).toList()));
        }
        List<LogSource> logs = new ArrayList<>();
        for (Map<?, ?> entry : objects(root.get("logs"))) {
            logs.add(new LogSource(
                    PathPattern.of(text(entry, "path")),
                    number(entry, "maxMegabytes", Long.MAX_VALUE / MEGABYTE) * MEGABYTE));
        }
        List<Output> outputs = new ArrayList<>();
        for (Map<?, ?> entry : objects(root.get("outputs"))) {
            outputs.add(new Output(text(entry, "name"), ListedCommand.quote(texts(entry.get("run"))), timeout(entry)));
        }
        List<ListedCommand> commands = new ArrayList<>();
        for (Map<?, ?> entry : objects(root.get("commands"))) {
            commands.add(command(entry));
        }
        List<String> gates = texts(root.get("gates"));
        return new Catalogue(file, gates.isEmpty() ? List.of("*") : gates, logs, outputs, commands);
    }

    private static ListedCommand command(Map<?, ?> entry) {
        List<Parameter> parameters = new ArrayList<>();
        for (Map<?, ?> parameter : objects(entry.get("parameters"))) {
            parameters.add(new Parameter(text(parameter, "name"), check(parameter)));
        }
        ListedCommand command = new ListedCommand(
                text(entry, "name"),
                entry.get("title") instanceof String title ? title : "",
                texts(entry.get("run")),
                parameters,
                timeout(entry));
        if (!command.unknownPlaces().isEmpty()) {
            throw new IllegalArgumentException(
                    "commands: " + command.name() + " has no parameter " + command.unknownPlaces());
        }
        return command;
    }

    private static Check check(Map<?, ?> parameter) {
        String name = text(parameter, "name");
        switch (text(parameter, "type")) {
            case "number" -> {
                long min = number(parameter, "minimum", 0);
                long max = number(parameter, "maximum", Integer.MAX_VALUE);
                return text ->
                        text.matches("-?[0-9]{1,18}") && Long.parseLong(text) >= min && Long.parseLong(text) <= max
                                ? ""
                                : "must be a whole number from " + min + " to " + max;
            }
            case "choice" -> {
                List<String> values = texts(parameter.get("values"));
                if (values.isEmpty()) {
                    throw new IllegalArgumentException("the parameter " + name + " needs values to choose from");
                }
                return text -> values.contains(text) ? "" : "must be one of " + values;
            }
            default -> {
                return pattern(parameter, name);
            }
        }
    }

    private static Check pattern(Map<?, ?> parameter, String name) {
        if (!(parameter.get("pattern") instanceof String regex)) {
            throw new IllegalArgumentException("the parameter " + name + " needs a pattern");
        }
        long longest = number(parameter, "maxLength", DEFAULT_LENGTH);
        try {
            Pattern pattern = Pattern.compile(regex);
            return text -> !text.isEmpty()
                            && text.length() <= longest
                            && text.codePoints().noneMatch(Character::isISOControl)
                            && pattern.matcher(text).matches()
                    ? ""
                    : "must have 1 to " + longest + " characters as " + regex + " says";
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "the pattern of the parameter " + name + " is wrong: " + e.getDescription(), e);
        }
    }

    private static Duration timeout(Map<?, ?> entry) {
        return Duration.ofSeconds(number(entry, "timeoutSeconds", DEFAULT_TIMEOUT));
    }

    private static String text(Map<?, ?> entry, String name) {
        return String.valueOf(entry.get(name));
    }

    private static long number(Map<?, ?> entry, String name, long fallback) {
        return entry.get(name) instanceof Long number ? number : fallback;
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static List<Map<?, ?>> objects(@Nullable Object value) {
        List<Map<?, ?>> objects = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> map) {
                    objects.add(map);
                }
            }
        }
        return objects;
    }

    private static Schema schema() {
        try (InputStream in = Catalogues.class.getResourceAsStream("catalogue.schema.json")) {
            if (in == null) {
                throw new IllegalStateException("catalogue.schema.json is missing");
            }
            return Schema.of(JsonText.readObject(in.readAllBytes(), MAX_FILE));
        } catch (IOException | MalformedPayloadException e) {
            throw new IllegalStateException("catalogue.schema.json can't be read", e);
        }
    }
}
