package solutions.itms.scs.station;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.settings.Options;

/**
 * Who may use the station's HTTP interface.
 *
 * @param mode what happens to sources that are not on the allow-list
 * @param allowed the allow-list as configured; the planned devices come on top
 * @param control who may send control writes; null = the planned devices and the allow-list
 * @param stationHost the address or host name under which gates reach the station
 * @param secret what every request must carry; null = nothing
 * @param pin what a person must know to end an emergency; null = nothing
 * @param perSecond requests of each class that one source may send each second
 * @param alarmWindow how long an alarm about a source outlives its last request
 * @param knownDevicesOnly whether control writes for devices that are neither planned nor were ever heard are refused
 */
record AccessSettings(
        Mode mode,
        AddressList allowed,
        @Nullable AddressList control,
        String stationHost,
        @Nullable Secret secret,
        @Nullable Secret pin,
        Map<Traffic, Integer> perSecond,
        Duration alarmWindow,
        boolean knownDevicesOnly) {

    static final int DEFAULT_HEARTBEATS = 200;
    static final int DEFAULT_READS = 500;
    static final int DEFAULT_CONTROLS = 50;
    static final int DEFAULT_ALARM_WINDOW_SECONDS = 600;

    /** What happens to sources that are not on the allow-list. */
    enum Mode {
        /** Nothing. */
        OFF,
        /** They are served, and an alarm is raised. */
        ALARM,
        /** They are refused, and an alarm is raised. */
        DENY
    }

    static AccessSettings of(Options options, UnaryOperator<String> decrypt) {
        String control = options.text("control.list", "");
        return new AccessSettings(
                mode(options),
                list(options, "allow.list", options.text("allow.list", "")),
                control.isEmpty() ? null : list(options, "control.list", control),
                options.text("stationIp", "127.0.0.1").toLowerCase(Locale.ROOT),
                Secret.of(decrypt.apply(options.text("shared.secret", ""))),
                Secret.of(decrypt.apply(options.text("leave.emergency.pin", ""))),
                Map.of(
                        Traffic.HEARTBEAT,
                        options.number("limit.heartbeat", 1, 100_000, DEFAULT_HEARTBEATS),
                        Traffic.READ,
                        options.number("limit.read", 1, 100_000, DEFAULT_READS),
                        Traffic.CONTROL,
                        options.number("limit.control", 1, 100_000, DEFAULT_CONTROLS)),
                Duration.ofSeconds(options.number("alarm.window", 10, 86_400, DEFAULT_ALARM_WINDOW_SECONDS)),
                options.flag("known.devices.only", false));
    }

    /** The allow-list with the planned devices. */
    AddressList allowedWith(List<PlannedDevice> devices) {
        return allowed.with(devices.stream().map(PlannedDevice::ip).toList());
    }

    private static AddressList list(Options options, String name, String text) {
        return AddressList.of(
                text, entry -> options.problem(name + " '" + entry + "' is no address or range; it is left out"));
    }

    private static Mode mode(Options options) {
        String text = options.text("allow.mode", "alarm");
        for (Mode mode : Mode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(text)) {
                return mode;
            }
        }
        options.problem("allow.mode '" + text + "' is none of off, alarm and deny; using alarm");
        return Mode.ALARM;
    }
}
