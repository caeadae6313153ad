package solutions.itms.scs.message.command;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One kind of command.
 *
 * @param name such as {@code get_ip_config}: 1 to 64 of {@code a-z 0-9 _}
 * @param path the object that it reads, writes or executes, as in LwM2M: {@code /object/instance/resource}
 * @param operation what it does with the object
 * @param target for which kind of device it is
 * @param targetParameter the parameter that names the devices; null when there is none. Such a command may also be sent to
 *     the gateway, with the parameter saying which devices are meant; sent to one device, the parameter is filled in
 * @param way how it works
 * @param totalTimeout how long it may run
 * @param stepTimeout how long it may run without telling of progress
 * @param safety what it can do to the world
 * @param approval who has to agree
 * @param breakGlass when nobody has to; null = never
 * @param idempotent whether doing it twice is as good as once: it is run again after a restart in the middle
 * @param exclusiveGroup commands of one group never run at the same time on a gateway; null = it is in none
 * @param parameters an object schema
 * @param result an object schema
 * @param title by language: {@code en} and {@code th}
 * @param help what it does, by language: {@code en} and {@code th}
 */
public record CommandType(
        String name,
        String path,
        Operation operation,
        DeviceType target,
        @Nullable String targetParameter,
        Way way,
        Duration totalTimeout,
        Duration stepTimeout,
        Safety safety,
        Approval approval,
        @Nullable BreakGlass breakGlass,
        boolean idempotent,
        @Nullable String exclusiveGroup,
        Schema parameters,
        Schema result,
        Map<String, String> title,
        Map<String, String> help) {

    /** Who has to agree to the command with these parameters. */
    public Approval approval(Map<String, ? extends @Nullable Object> params) {
        return isBreakGlass(params) ? Approval.NONE : approval;
    }

    /** Whether the command with these parameters goes out at once, though it would need an approval else. */
    public boolean isBreakGlass(Map<String, ? extends @Nullable Object> params) {
        return breakGlass != null && breakGlass.matches(params);
    }

    /** Whether it may be sent to a device of this kind. */
    public boolean accepts(DeviceType type) {
        return type == target || targetParameter != null && type == DeviceType.EDGE_CONTROLLER;
    }

    /** The text of a language, English where there is none. */
    public static String in(Map<String, String> texts, String language) {
        return Optional.ofNullable(texts.get(language)).orElseGet(() -> texts.getOrDefault("en", ""));
    }
}
