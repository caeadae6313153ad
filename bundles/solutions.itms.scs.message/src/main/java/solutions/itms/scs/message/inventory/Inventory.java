package solutions.itms.scs.message.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.command.JsonText;

/**
 * A complete list of devices of a gateway, on topic {@code inventory}; it takes the place of the list of the same part
 * that was sent before. Each bundle that looks after devices sends a part of its own, on every change and on every
 * connection. Immutable.
 *
 * @param part which list, such as {@code camera}; 1 to 64 of {@code a-z 0-9 _ -}
 * @param revision grows with every change of the list
 * @param devices {@value #MAX_DEVICES} at most
 */
public record Inventory(String part, long revision, List<Device> devices) {
    /** The subject of the message behind the application id. */
    public static final String SUBJECT = "inventory";

    public static final int MAX_DEVICES = 2_000;

    private static final int MAX_BYTES = 2 * 1024 * 1024;

    public Inventory {
        if (!part.matches("[a-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("'part' must be 1 to 64 of a-z, 0-9, _ and -");
        }
        if (devices.size() > MAX_DEVICES) {
            throw new IllegalArgumentException("a list may have " + MAX_DEVICES + " devices");
        }
        devices = List.copyOf(devices);
    }

    /** The message to send. */
    public Payload toPayload(Instant now) {
        byte[] body = JsonText.write(
                Map.of("devices", devices.stream().map(Device::toJson).toList()));
        return new Payload(now, null, Map.of("part", part, "revision", revision), body);
    }

    /** Reads the message. */
    public static Inventory from(Payload payload) throws MalformedPayloadException {
        String part = payload.text("part");
        Long revision = payload.number("revision");
        byte[] body = payload.body();
        if (part == null || revision == null || body == null) {
            throw new MalformedPayloadException("an inventory needs 'part', 'revision' and a body");
        }
        try {
            return new Inventory(part, revision, devices(body));
        } catch (IllegalArgumentException e) {
            throw new MalformedPayloadException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<Device> devices(byte[] body) throws MalformedPayloadException {
        Object list = JsonText.readObject(body, MAX_BYTES).get("devices");
        if (!(list instanceof List<?> elements)) {
            throw new MalformedPayloadException("'devices' must be a list");
        }
        if (elements.size() > MAX_DEVICES) {
            throw new MalformedPayloadException("the list has more than " + MAX_DEVICES + " devices");
        }
        List<Device> devices = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (@Nullable Object element : elements) {
            Device device = Device.from(element);
            if (!ids.add(device.id())) {
                throw new MalformedPayloadException("device '" + device.id() + "' is in the list twice");
            }
            devices.add(device);
        }
        return devices;
    }
}
