package solutions.itms.scs.station.config;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import solutions.itms.scs.station.config.ConfigOutcome.Loaded;
import solutions.itms.scs.station.config.ConfigOutcome.Refused;
import solutions.itms.scs.station.config.StationFile.Environment;
import solutions.itms.scs.station.config.StationFile.StationName;
import solutions.itms.scs.station.log.Level;

/**
 * Reads {@code config.json}: fills in the documented defaults, checks it against the schema, then checks what the schema
 * can't say. A file with any problem is refused as a whole, with all of its problems. Thread-safe.
 */
public final class StationFileReader {
    /** What a number is cut to: above every port, and some two hundred years of days, for which the schema sets no end. */
    private static final BigDecimal MAX_NUMBER = BigDecimal.valueOf(65_535);

    private final DeviceRules rules;
    private final Schema schema = Schema.ofConfigFile();
    private final Defaults defaults = new Defaults(schema);

    /** @param rules what an id and an address are */
    public StationFileReader(DeviceRules rules) {
        this.rules = rules;
    }

    /**
     * Reads the content of a file.
     *
     * @param content its bytes; UTF-8 whatever the JVM's charset is
     * @param folder the file's folder, where its relative paths start
     * @param properties the component's properties by the file's keys: they stand where the file leaves a key with a
     *     default out
     */
    public ConfigOutcome read(byte[] content, Path folder, Map<String, ?> properties) {
        Object document;
        try {
            document = JsonText.parse(JsonText.decode(content));
        } catch (JsonText.Fault e) {
            return new Refused(List.of(new ConfigProblem("$", "json", String.valueOf(e.getMessage()))));
        }
        List<String> filled = document instanceof Map ? defaults.fill(Schema.object(document), properties) : List.of();
        List<ConfigProblem> problems = schema.check(document, "$");
        if (!problems.isEmpty()) {
            return new Refused(problems);
        }
        Readings readings = new Readings(rules);
        StationFile file = typed(Schema.object(document), folder, readings);
        return readings.problems().isEmpty()
                ? new Loaded(file, filled, warnings(file))
                : new Refused(readings.problems());
    }

    /** The devices of a list that is written as JSON text; whatever can't be used is left out and noted. */
    List<DeviceSeed> devices(String text, List<ConfigProblem> problems) {
        Object value;
        try {
            value = JsonText.parse(text);
        } catch (JsonText.Fault e) {
            problems.add(new ConfigProblem("$", "json", String.valueOf(e.getMessage())));
            return List.of();
        }
        List<ConfigProblem> broken = schema.property("devices").check(value, "$");
        problems.addAll(broken);
        if (!(value instanceof List<?> all)) {
            return List.of();
        }
        List<Object> sound = new ArrayList<>(all);
        sound.removeIf(
                item -> !schema.property("devices").check(List.of(item), "$").isEmpty());
        Readings readings = new Readings(rules);
        List<DeviceSeed> devices = readings.devices("$", sound);
        problems.addAll(readings.problems());
        return devices;
    }

    DeviceRules rules() {
        return rules;
    }

    /** What is allowed, but hardly meant. */
    public static List<String> warnings(StationFile file) {
        List<String> warnings = new ArrayList<>();
        if (file.environment() == Environment.PRODUCTION && file.logsRetentionDays() < 14) {
            warnings.add("logsRetentionDays is " + file.logsRetentionDays() + ": in production keep logs for 14 days");
        }
        if (file.deviceProbePort() != 22) {
            warnings.add("deviceProbePort is " + file.deviceProbePort()
                    + ", not 22: the firewall must let the station reach the gates on that port");
        }
        return warnings;
    }

    private static StationFile typed(Map<String, Object> value, Path folder, Readings readings) {
        Map<String, Object> name = Schema.object(member(value, "stationName"));
        Map<String, Object> time = Schema.object(value.getOrDefault("time", Map.of()));
        return new StationFile(
                readings.path("$.databasePath", member(value, "databasePath"), folder),
                readings.path("$.logsPath", member(value, "logsPath"), folder),
                Objects.requireNonNull(Level.of((String) member(value, "logLevel"))),
                number(value, "logsRetentionDays"),
                member(value, "environment").equals("production") ? Environment.PRODUCTION : Environment.DEVELOPMENT,
                (Boolean) member(value, "fullScreen"),
                readings.path("$.deviceCommunicationPath", member(value, "deviceCommunicationPath"), folder),
                readings.stationIp("$.stationIp", member(value, "stationIp")),
                new StationName(
                        readings.text("$.stationName.en", member(name, "en")),
                        readings.text("$.stationName.th", member(name, "th"))),
                readings.text("$.stationId", member(value, "stationId")),
                number(value, "heartbeatPort"),
                number(value, "deviceProbePort"),
                readings.zone("$.time.tz", time.get("tz")),
                readings.devices("$.devices", (List<?>) value.getOrDefault("devices", List.of())));
    }

    /** A value that the schema requires. */
    private static Object member(Map<String, Object> value, String key) {
        return Objects.requireNonNull(value.get(key), key);
    }

    private static int number(Map<String, Object> value, String key) {
        return ((BigDecimal) member(value, key)).min(MAX_NUMBER).intValue();
    }
}
