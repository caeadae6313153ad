package solutions.itms.scs.station.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads values that have the schema's types, and notes what the schema can't say: addresses, host names, time zones,
 * paths and ids. Each method returns something usable even when it notes a problem. Not thread-safe.
 */
final class Readings {
    /** RFC 1123; a last label of digits would be a mistyped address. */
    private static final Pattern HOST_NAME = Pattern.compile(
            "(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*(?![0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    private static final int MAX_TEXT = 200;

    private final DeviceRules rules;
    private final List<ConfigProblem> problems = new ArrayList<>();

    Readings(DeviceRules rules) {
        this.rules = rules;
    }

    /** What was noted so far. */
    List<ConfigProblem> problems() {
        return List.copyOf(problems);
    }

    /** A name or an id: not blank, not too long, nothing that does not print. */
    String text(String path, Object value) {
        String text = (String) value;
        if (text.isBlank()) {
            note(path, "must not be blank");
        } else if (text.length() > MAX_TEXT) {
            note(path, "must have " + MAX_TEXT + " characters or fewer");
        } else if (text.codePoints().anyMatch(Character::isISOControl)) {
            note(path, "must not have control characters");
        }
        return text.strip();
    }

    /** An absolute path; a relative one starts at the configuration's folder. */
    Path path(String path, Object value, Path folder) {
        String text = (String) value;
        if (text.isBlank()) {
            note(path, "must not be blank");
            return folder;
        }
        try {
            return folder.resolve(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            note(path, "is no path on this system: " + e.getReason());
            return folder;
        }
    }

    /** The address or host name by which gates reach the station; nothing is looked up. */
    String stationIp(String path, Object value) {
        String text = ((String) value).strip();
        String canonical = rules.canonicalIp(text);
        if (canonical == null && !HOST_NAME.matcher(text).matches()) {
            note(path, "must be an IPv4 or IPv6 address or a host name");
        }
        return canonical == null ? text : canonical;
    }

    /** An IANA time zone; null for none. */
    @Nullable
    ZoneId zone(String path, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = ((String) value).strip();
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            note(path, "is no IANA time zone, such as Asia/Bangkok");
            return null;
        }
        return ZoneId.of(text);
    }

    /** The devices whose id and address can be used; the first of those that share an id. */
    List<DeviceSeed> devices(String path, List<?> values) {
        List<DeviceSeed> devices = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            String place = path + "[" + i + "]";
            DeviceSeed device = device(place, Schema.object(values.get(i)));
            if (device == null) {
                continue;
            }
            String first = places.putIfAbsent(device.id(), place);
            if (first == null) {
                devices.add(device);
            } else {
                note(place + ".id", "is the same as that of " + first);
            }
        }
        return devices;
    }

    private @Nullable DeviceSeed device(String place, Map<String, Object> value) {
        // the schema requires both
        String id = (String) Objects.requireNonNull(value.get("id"));
        String ip = rules.canonicalIp((String) Objects.requireNonNull(value.get("ip")));
        boolean usable = rules.isDeviceId(id);
        if (!usable) {
            note(place + ".id", "must have 1 to 64 printable characters");
        }
        if (ip == null) {
            note(place + ".ip", "must be an IPv4 or IPv6 address");
        }
        return usable && ip != null
                ? new DeviceSeed(
                        id, ip, (String) value.get("gateId"), (String) value.get("side"), (String) value.get("type"))
                : null;
    }

    private void note(String path, String text) {
        if (problems.size() < Schema.MAX_PROBLEMS) {
            problems.add(new ConfigProblem(path, ConfigProblem.READING, text));
        }
    }
}
