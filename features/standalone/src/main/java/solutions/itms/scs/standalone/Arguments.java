package solutions.itms.scs.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What was asked for on the command line and in the environment. Later ones win: the built-in defaults, the files, the
 * environment, the command line.
 *
 * @param data directory of this gateway's data
 * @param configuration properties of all components
 */
record Arguments(Path data, Configuration configuration) {
    static final String STATION = "solutions.itms.scs.station";

    static final String USAGE = """
            usage: gateway [options]
              --data DIR              where this gateway keeps its data (default ./data/gateway; SCS_DATA)
              --station-port N        TCP port of the heartbeat server (default 3070; SCS_STATION_PORT)
              --config FILE           lines pid/key=value; DIR/gateway.properties is read first if it exists (SCS_CONFIG)
              --set pid/key=value     one property of a component; may be repeated (SCS_SET, lines)
            """;

    static Arguments parse(String[] args, Map<String, String> environment)
            throws IOException, Configuration.ConfigurationException {
        Path data = Path.of(environment.getOrDefault("SCS_DATA", "data/gateway"));
        List<Path> files = new ArrayList<>();
        if (environment.containsKey("SCS_CONFIG")) {
            files.add(Path.of(environment.get("SCS_CONFIG")));
        }
        List<String> lines = new ArrayList<>(fromEnvironment(environment));
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new Configuration.ConfigurationException("option " + args[i] + " needs a value\n" + USAGE);
            }
            String value = args[i + 1];
            switch (args[i]) {
                case "--data" -> data = Path.of(value);
                case "--config" -> files.add(Path.of(value));
                case "--set" -> lines.add(value);
                case "--station-port" -> lines.add(portLine("--station-port", value));
                default -> throw new Configuration.ConfigurationException("unknown option " + args[i] + "\n" + USAGE);
            }
        }
        return new Arguments(data.toAbsolutePath().normalize(), configuration(data, files, lines));
    }

    int stationPort() {
        return Integer.parseInt(configuration.get(STATION, "port", "3070"));
    }

    private static List<String> fromEnvironment(Map<String, String> environment)
            throws Configuration.ConfigurationException {
        List<String> lines = new ArrayList<>();
        if (environment.containsKey("SCS_STATION_PORT")) {
            lines.add(portLine("SCS_STATION_PORT", environment.getOrDefault("SCS_STATION_PORT", "")));
        }
        environment.getOrDefault("SCS_SET", "").lines().forEach(lines::add);
        return lines;
    }

    private static Configuration configuration(Path data, List<Path> files, List<String> lines)
            throws IOException, Configuration.ConfigurationException {
        Configuration configuration = new Configuration();
        for (String line : defaults()) {
            configuration.add(line);
        }
        Path standard = data.resolve("gateway.properties");
        if (Files.exists(standard)) {
            configuration.addFile(standard);
        }
        for (Path file : files) {
            configuration.addFile(file);
        }
        for (String line : lines) {
            configuration.add(line);
        }
        String port = configuration.get(STATION, "port", "3070");
        configuration.add(portLine(STATION + "/port", port));
        return configuration;
    }

    private static String portLine(String option, String value) throws Configuration.ConfigurationException {
        boolean digits =
                !value.isEmpty() && value.length() <= 5 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = digits ? Integer.parseInt(value) : 0;
        if (port < 1 || port > 65535) {
            throw new Configuration.ConfigurationException(option + " must be 1 to 65535, not '" + value + "'");
        }
        return STATION + "/port=" + port;
    }

    private static List<String> defaults() {
        try (InputStream in = Arguments.class.getResourceAsStream("/defaults.properties")) {
            if (in == null) {
                throw new IllegalStateException("defaults.properties is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
