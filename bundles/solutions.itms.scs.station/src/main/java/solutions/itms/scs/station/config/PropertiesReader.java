package solutions.itms.scs.station.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.station.config.StationFile.Environment;
import solutions.itms.scs.station.config.StationFile.StationName;
import solutions.itms.scs.station.log.Level;

/**
 * Reads the keys of section 5.2 from the component's properties, for a station without {@code config.json}. Unlike the
 * file, properties are never refused: what can't be used is replaced by its default and reported. Thread-safe.
 */
public final class PropertiesReader {
    /** The property whose name is not that of the file's key. */
    private static final String PORT = "port";

    private final StationFileReader files;

    /** @param files reads the list of devices */
    public PropertiesReader(StationFileReader files) {
        this.files = files;
    }

    /** The component's properties by the keys of {@code config.json}. */
    public static Map<String, Object> byFileKeys(Map<String, ?> properties) {
        Map<String, Object> byKeys = new HashMap<>(properties);
        Object port = properties.get(PORT);
        if (port != null) {
            byKeys.put("heartbeatPort", port);
        }
        return byKeys;
    }

    /**
     * Reads the properties.
     *
     * @param options notes what can't be used
     * @param folder the stores' directory, where relative paths start; empty paths are folders in it
     */
    public StationFile read(Options options, Path folder) {
        Path base = folder.toAbsolutePath();
        return new StationFile(
                base.resolve("station.sqlite"),
                path(options, "logsPath", "logs", base),
                level(options),
                options.number("logsRetentionDays", 1, 3650, 14),
                environment(options),
                options.flag("fullScreen", false),
                path(options, "deviceCommunicationPath", "devices", base),
                stationIp(options),
                new StationName(options.text("stationName.en", ""), options.text("stationName.th", "")),
                options.text("stationId", ""),
                options.number(PORT, 0, 65535, 3070),
                options.number("deviceProbePort", 1, 65535, 2222),
                zone(options),
                devices(options));
    }

    private static Path path(Options options, String key, String standard, Path base) {
        String text = options.text(key, "");
        if (text.isEmpty()) {
            return base.resolve(standard);
        }
        try {
            return base.resolve(text).normalize();
        } catch (InvalidPathException e) {
            options.problem(key + " is no path on this system: " + e.getReason() + "; using " + base.resolve(standard));
            return base.resolve(standard);
        }
    }

    private static Level level(Options options) {
        String text = options.text("logLevel", "");
        Level level = text.isEmpty() ? Level.INFO : Level.of(text);
        if (level == null) {
            options.problem("logLevel '" + text + "' is none of error, warn, info, debug and trace; using info");
        }
        return level == null ? Level.INFO : level;
    }

    private static Environment environment(Options options) {
        String text = options.text("environment", "");
        if (text.equals("production")) {
            return Environment.PRODUCTION;
        }
        if (!text.isEmpty() && !text.equals("development")) {
            options.problem("environment '" + text + "' is neither development nor production; using development");
        }
        return Environment.DEVELOPMENT;
    }

    private String stationIp(Options options) {
        String text = options.text("stationIp", "");
        Readings readings = new Readings(files.rules());
        String address = text.isEmpty() ? "127.0.0.1" : readings.stationIp("stationIp", text);
        if (readings.problems().isEmpty()) {
            return address;
        }
        options.problem("stationIp '" + text + "' is neither an address nor a host name; using 127.0.0.1");
        return "127.0.0.1";
    }

    private @Nullable ZoneId zone(Options options) {
        String text = options.text("time.tz", "");
        if (text.isEmpty()) {
            return null;
        }
        ZoneId zone = new Readings(files.rules()).zone("time.tz", text);
        if (zone == null) {
            options.problem("time.tz '" + text + "' is no IANA time zone; using the system's");
        }
        return zone;
    }

    private List<DeviceSeed> devices(Options options) {
        String text = options.text("devices", "");
        if (text.isEmpty()) {
            return List.of();
        }
        List<ConfigProblem> problems = new ArrayList<>();
        List<DeviceSeed> devices = files.devices(text, problems);
        problems.forEach(problem -> options.problem("devices " + problem));
        return devices;
    }
}
