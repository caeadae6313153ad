package solutions.itms.scs.message.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.command.DeviceType;

/**
 * A device behind a gateway, as the gateway tells of it. Immutable.
 *
 * @param id unique in its gateway, 1 to 128 printable characters
 * @param type neither a gateway nor a gate, which tell of themselves otherwise
 * @param parent id of the device that it hangs on, such as a recorder; null for the gateway
 * @param name for people
 * @param address {@code host:port} or a URL; what stands before an {@code @} and behind a {@code ?} is left out, because
 *     it may be secret
 * @param profiles names of its media profiles, or whatever it offers of that kind; 64 at most
 * @param status {@code online}, {@code offline}, {@code fault} or {@code unknown}
 */
public record Device(
        String id,
        DeviceType type,
        @Nullable String parent,
        @Nullable String name,
        @Nullable String manufacturer,
        @Nullable String model,
        @Nullable String firmware,
        @Nullable String serial,
        @Nullable String address,
        List<String> profiles,
        String status) {
    /** What a device can be. */
    public static final List<String> STATUSES = List.of("online", "offline", "fault", "unknown");

    private static final int MAX_TEXT = 128;
    private static final int MAX_ADDRESS = 256;
    private static final int MAX_PROFILES = 64;

    public Device {
        address = address == null ? null : withoutSecrets(address);
        profiles = List.copyOf(profiles);
    }

    /** The JSON object of the list. */
    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", id);
        members.put("type", type.name());
        putIfPresent(members, "parent", parent);
        putIfPresent(members, "name", name);
        putIfPresent(members, "manufacturer", manufacturer);
        putIfPresent(members, "model", model);
        putIfPresent(members, "firmware", firmware);
        putIfPresent(members, "serial", serial);
        putIfPresent(members, "address", address);
        if (!profiles.isEmpty()) {
            members.put("profiles", profiles);
        }
        members.put("status", status);
        return members;
    }

    /** Reads an element of the list. Members that are not known are left out, for newer gateways. */
    static Device from(@Nullable Object element) throws MalformedPayloadException {
        if (!(element instanceof Map<?, ?> members)) {
            throw new MalformedPayloadException("a device in the list is no object");
        }
        String id = text(members, "id", MAX_TEXT);
        if (id == null) {
            throw new MalformedPayloadException("a device in the list has no 'id'");
        }
        String status = text(members, "status", MAX_TEXT);
        if (status != null && !STATUSES.contains(status)) {
            throw new MalformedPayloadException("device '" + id + "': 'status' must be one of " + STATUSES);
        }
        return new Device(
                id,
                type(id, text(members, "type", MAX_TEXT)),
                text(members, "parent", MAX_TEXT),
                text(members, "name", MAX_TEXT),
                text(members, "manufacturer", MAX_TEXT),
                text(members, "model", MAX_TEXT),
                text(members, "firmware", MAX_TEXT),
                text(members, "serial", MAX_TEXT),
                text(members, "address", MAX_ADDRESS),
                profiles(id, members.get("profiles")),
                status == null ? "unknown" : status);
    }

    private static DeviceType type(String id, @Nullable String name) throws MalformedPayloadException {
        for (DeviceType type : DeviceType.values()) {
            boolean tellsOfItself = type == DeviceType.EDGE_CONTROLLER || type == DeviceType.GATE;
            if (type.name().equals(name) && !tellsOfItself) {
                return type;
            }
        }
        throw new MalformedPayloadException(
                "device '" + id + "': 'type' must be CAMERA, NVR, RADAR, ANPR, VMS, COUNTER or FIELD_DEVICE");
    }

    private static List<String> profiles(String id, @Nullable Object value) throws MalformedPayloadException {
        if (value == null) {
            return List.of();
        }
        boolean good = value instanceof List<?> list
                && list.size() <= MAX_PROFILES
                && list.stream().allMatch(name -> name instanceof String text && isText(text, MAX_TEXT));
        if (!good) {
            throw new MalformedPayloadException(
                    "device '" + id + "': 'profiles' must be at most " + MAX_PROFILES + " texts");
        }
        return ((List<?>) value).stream().map(String::valueOf).toList();
    }

    private static @Nullable String text(Map<?, ?> members, String name, int max) throws MalformedPayloadException {
        Object value = members.get(name);
        if (value == null || value.equals("")) {
            return null;
        }
        if (value instanceof String text && isText(text, max)) {
            return text;
        }
        throw new MalformedPayloadException(
                "'" + name + "' must be a text of at most " + max + " printable characters");
    }

    private static boolean isText(String text, int max) {
        return text.length() <= max && text.chars().noneMatch(Character::isISOControl);
    }

    private static String withoutSecrets(String address) {
        String shown = address;
        int query = shown.indexOf('?');
        if (query >= 0) {
            shown = shown.substring(0, query);
        }
        int at = shown.lastIndexOf('@');
        if (at < 0) {
            return shown;
        }
        int scheme = shown.indexOf("://");
        return scheme >= 0 && scheme < at
                ? shown.substring(0, scheme + 3) + shown.substring(at + 1)
                : shown.substring(at + 1);
    }

    private static void putIfPresent(Map<String, @Nullable Object> members, String name, @Nullable String value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
