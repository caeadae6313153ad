package solutions.itms.scs.gateway.host;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Temperature, load, memory and processes. Thread-safe. */
final class MachineFacts {
    private static final int MAX_PROCESSES = 5_000;
    private static final int MAX_SENSORS = 64;

    /** Linux tells times in hundredths of a second and memory in pages, of this size nearly everywhere. */
    private static final double TICKS = 100;

    private static final long PAGE = 4_096;

    private final SystemFiles files;

    MachineFacts(SystemFiles files) {
        this.files = files;
    }

    /** Every sensor with its name, in degrees Celsius. */
    List<Map<String, @Nullable Object>> temperatures() {
        List<Map<String, @Nullable Object>> sensors = new ArrayList<>();
        for (String zone : files.names("/sys/class/thermal")) {
            String path = "/sys/class/thermal/" + zone;
            if (zone.startsWith("thermal_zone")) {
                String name = files.text(path + "/type").map(String::strip).orElse(zone);
                add(sensors, name, path + "/temp", path + "/trip_point_0_temp");
            }
        }
        for (String chip : files.names("/sys/class/hwmon")) {
            String path = "/sys/class/hwmon/" + chip;
            String name = files.text(path + "/name").map(String::strip).orElse(chip);
            for (String file : files.names(path)) {
                if (file.matches("temp\\d+_input")) {
                    String sensor = file.substring(0, file.length() - "_input".length());
                    String label = files.text(path + "/" + sensor + "_label")
                            .map(String::strip)
                            .orElse(sensor);
                    add(sensors, name + " " + label, path + "/" + file, path + "/" + sensor + "_crit");
                }
            }
        }
        return sensors;
    }

    /** @param limit how many processes are named, those with the most memory first */
    Map<String, @Nullable Object> processes(int limit) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (String pid : files.names("/proc")) {
            if (all.size() < MAX_PROCESSES && pid.chars().allMatch(c -> c >= '0' && c <= '9')) {
                files.text("/proc/" + pid + "/stat")
                        .flatMap(MachineFacts::process)
                        .ifPresent(all::add);
            }
        }
        all.sort(Comparator.comparing(process -> -((Long) process.getOrDefault("residentBytes", 0L))));
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("uptimeSeconds", first("/proc/uptime"));
        values.put("load", load());
        values.put("memoryTotalBytes", memory("MemTotal"));
        values.put("memoryAvailableBytes", memory("MemAvailable"));
        values.put("count", (long) all.size());
        values.put("processes", List.copyOf(all.subList(0, Math.min(limit, all.size()))));
        values.put("gateway", ownProcess());
        return values;
    }

    /** Bytes by the name in {@code /proc/meminfo}; null when it is not there. */
    @Nullable
    Long memory(String name) {
        for (String line : files.lines("/proc/meminfo")) {
            if (line.startsWith(name + ":")) {
                String digits = line.replaceAll("\\D", "");
                return digits.isEmpty() || digits.length() > 15 ? null : Long.parseLong(digits) * 1_024;
            }
        }
        return null;
    }

    private List<Double> load() {
        String[] fields = files.text("/proc/loadavg").orElse("").strip().split(" ");
        List<Double> load = new ArrayList<>();
        for (int i = 0; i < 3 && i < fields.length; i++) {
            Double value = number(fields[i]);
            if (value != null) {
                load.add(value);
            }
        }
        return load;
    }

    /** {@code pid (name) state ppid …}; the name may hold blanks and brackets. */
    private static Optional<Map<String, @Nullable Object>> process(String stat) {
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')');
        if (open < 1 || close < open) {
            return Optional.empty();
        }
        String[] fields = stat.substring(close + 1).strip().split(" ");
        if (fields.length < 22) {
            return Optional.empty();
        }
        try {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put("pid", Long.valueOf(stat.substring(0, open).strip()));
            values.put("name", stat.substring(open + 1, close).replaceAll("\\p{Cntrl}", "?"));
            values.put("state", fields[0]);
            values.put("residentBytes", Long.parseLong(fields[21]) * PAGE);
            values.put("cpuSeconds", (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS);
            values.put("threads", Long.valueOf(fields[17]));
            return Optional.of(values);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Map<String, @Nullable Object> ownProcess() {
        Runtime runtime = Runtime.getRuntime();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("heapUsedBytes", runtime.totalMemory() - runtime.freeMemory());
        values.put("heapMaxBytes", runtime.maxMemory());
        values.put("threads", (long) Thread.activeCount());
        values.put("uptimeSeconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1_000);
        values.put("java", Runtime.version().toString());
        return values;
    }

    private void add(List<Map<String, @Nullable Object>> sensors, String name, String input, String critical) {
        Optional<Long> value = files.number(input);
        if (value.isPresent() && sensors.size() < MAX_SENSORS) {
            Map<String, @Nullable Object> sensor = new LinkedHashMap<>();
            sensor.put("name", name);
            sensor.put("celsius", value.get() / 1_000.0);
            sensor.put(
                    "criticalCelsius",
                    files.number(critical).map(n -> n / 1_000.0).orElse(null));
            sensors.add(sensor);
        }
    }

    private @Nullable Double first(String path) {
        return files.text(path).map(text -> number(text.strip().split(" ")[0])).orElse(null);
    }

    private static @Nullable Double number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
