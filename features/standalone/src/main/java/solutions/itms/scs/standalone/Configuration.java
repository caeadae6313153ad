package solutions.itms.scs.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Properties of components, as lines {@code pid/key=value}. The pid of one instance of several is
 * {@code factoryPid~name}. A later line replaces an earlier one; empty lines and those that begin with {@code #} are
 * skipped.
 */
final class Configuration {
    private final Map<String, Map<String, String>> pids = new TreeMap<>();

    /** Adds the lines of a file. */
    void addFile(Path file) throws IOException, ConfigurationException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int i = 0; i < lines.size(); i++) {
            try {
                add(lines.get(i));
            } catch (ConfigurationException e) {
                throw new ConfigurationException(file + ", line " + (i + 1) + ": " + e.getMessage());
            }
        }
    }

    /** Adds one line. */
    void add(String line) throws ConfigurationException {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        int equals = text.indexOf('=');
        int slash = text.lastIndexOf('/', equals < 0 ? text.length() : equals);
        if (equals < 0 || slash <= 0 || slash + 1 >= equals) {
            // the value may be a password: it is not repeated
            String shown = equals < 0 ? text : text.substring(0, equals);
            throw new ConfigurationException("'" + shown + "' is not of the form pid/key=value");
        }
        pids.computeIfAbsent(text.substring(0, slash).strip(), pid -> new LinkedHashMap<>())
                .put(
                        text.substring(slash + 1, equals).strip(),
                        text.substring(equals + 1).strip());
    }

    /** The properties by pid. */
    Map<String, Map<String, String>> pids() {
        return pids;
    }

    /** One property, or the default when it is not set. */
    String get(String pid, String key, String standard) {
        return pids.getOrDefault(pid, Map.of()).getOrDefault(key, standard);
    }

    /** A line that can't be understood. */
    static final class ConfigurationException extends Exception {
        private static final long serialVersionUID = 1L;

        ConfigurationException(String message) {
            super(message);
        }
    }
}
