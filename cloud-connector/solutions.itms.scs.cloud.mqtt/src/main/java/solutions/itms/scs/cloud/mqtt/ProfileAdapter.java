package solutions.itms.scs.cloud.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.kura.message.KuraDeviceProfile;
import org.eclipse.kura.system.SystemService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this gateway is, by Kura's metric names: as Kura's system service knows it, else as the JVM does. Asked once, as
 * the service runs programs to find some of it out. Thread-safe.
 */
final class ProfileAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileAdapter.class);
    private static final Path HOST_NAME = Path.of("/etc/hostname");

    private final @Nullable SystemService system;
    private @Nullable Map<String, String> known;

    /** @param system null when there is none */
    ProfileAdapter(@Nullable SystemService system) {
        this.system = system;
    }

    boolean isOf(SystemService service) {
        return system == service;
    }

    /** Metrics for birth messages; what is not known is not there. */
    synchronized Map<String, String> metrics() {
        Map<String, String> metrics = known;
        if (metrics == null) {
            metrics = new LinkedHashMap<>();
            ofJvm(metrics);
            try {
                ofSystem(metrics);
            } catch (RuntimeException e) {
                LOG.warn("The system service does not say what this gateway is", e);
            }
            known = metrics;
        }
        return metrics;
    }

    /** The name for a gateway that was given none: its primary MAC address, else its host name. */
    String defaultClientId() {
        try {
            String mac = system == null ? null : system.getPrimaryMacAddress();
            if (mac != null && isKnown(mac)) {
                return mac;
            }
        } catch (RuntimeException e) {
            LOG.warn("The system service does not say the MAC address", e);
        }
        return hostName();
    }

    private static void ofJvm(Map<String, String> profile) {
        put(profile, KuraDeviceProfile.DISPLAY_NAME_KEY, hostName());
        put(profile, KuraDeviceProfile.OS_KEY, System.getProperty("os.name"));
        put(profile, KuraDeviceProfile.OS_VERSION_KEY, System.getProperty("os.version"));
        put(profile, KuraDeviceProfile.OS_ARCH_KEY, System.getProperty("os.arch"));
        put(profile, KuraDeviceProfile.JVM_NAME_KEY, System.getProperty("java.vm.name"));
        put(profile, KuraDeviceProfile.JVM_VERSION_KEY, System.getProperty("java.vm.version"));
        put(profile, KuraDeviceProfile.JVM_VENDOR_KEY, System.getProperty("java.vm.vendor"));
        put(profile, KuraDeviceProfile.JVM_PROFILE_KEY, System.getProperty("java.runtime.name"));
        Runtime runtime = Runtime.getRuntime();
        put(profile, KuraDeviceProfile.AVAILABLE_PROCESSORS_KEY, Integer.toString(runtime.availableProcessors()));
        put(profile, KuraDeviceProfile.TOTAL_MEMORY_KEY, Long.toString(runtime.totalMemory() / 1024));
    }

    private void ofSystem(Map<String, String> profile) {
        if (system == null) {
            return;
        }
        put(profile, KuraDeviceProfile.DISPLAY_NAME_KEY, system.getDeviceName());
        put(profile, KuraDeviceProfile.MODEL_NAME_KEY, system.getModelName());
        put(profile, KuraDeviceProfile.MODEL_ID_KEY, system.getModelId());
        put(profile, KuraDeviceProfile.PART_NUMBER_KEY, system.getPartNumber());
        put(profile, KuraDeviceProfile.SERIAL_NUMBER_KEY, system.getSerialNumber());
        put(profile, KuraDeviceProfile.FIRMWARE_VERSION_KEY, system.getFirmwareVersion());
        put(profile, KuraDeviceProfile.BIOS_VERSION_KEY, system.getBiosVersion());
        put(profile, KuraDeviceProfile.CPU_VERSION_KEY, system.getCpuVersion());
        put(profile, KuraDeviceProfile.OS_KEY, system.getOsName());
        put(profile, KuraDeviceProfile.OS_VERSION_KEY, system.getOsVersion());
        put(profile, KuraDeviceProfile.OS_ARCH_KEY, system.getOsArch());
        put(profile, KuraDeviceProfile.JDK_VENDOR_VERSION_KEY, system.getJdkVendorVersion());
        put(profile, KuraDeviceProfile.OSGI_FRAMEWORK_KEY, system.getOsgiFwName());
        put(profile, KuraDeviceProfile.OSGI_FRAMEWORK_VERSION_KEY, system.getOsgiFwVersion());
        put(profile, KuraDeviceProfile.CONNECTION_INTERFACE_KEY, system.getPrimaryNetworkInterfaceName());
        put(profile, KuraDeviceProfile.APPLICATION_FRAMEWORK_KEY, KuraDeviceProfile.DEFAULT_APPLICATION_FRAMEWORK);
        put(profile, KuraDeviceProfile.APPLICATION_FRAMEWORK_VERSION_KEY, system.getKuraVersion());
        put(profile, KuraDeviceProfile.KURA_VERSION_KEY, system.getKuraVersion());
    }

    private static void put(Map<String, String> profile, String metric, @Nullable String value) {
        if (value != null && isKnown(value)) {
            profile.put(metric, value);
        }
    }

    private static boolean isKnown(String value) {
        return !value.isBlank() && !value.equals(SystemService.UNKNOWN);
    }

    private static String hostName() {
        try {
            String name = Files.readString(HOST_NAME).strip();
            if (!name.isEmpty()) {
                return name;
            }
        } catch (IOException e) {
            // not on this system; the other way may ask a name server
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "gateway";
        }
    }
}
