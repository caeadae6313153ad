package solutions.itms.scs.cloud.mqtt;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.kura.message.KuraDeviceProfile;
import org.eclipse.kura.system.SystemService;
import org.jspecify.annotations.Nullable;

/** What this gateway is, by Kura's metric names: as Kura's system service knows it, else as the JVM does. */
final class ProfileAdapter {
    private ProfileAdapter() {}

    /** Metrics for birth messages; what is not known is not there. */
    static Map<String, String> profile(@Nullable SystemService system) {
        Map<String, String> profile = new LinkedHashMap<>();
        ofJvm(profile);
        if (system != null) {
            ofSystem(profile, system);
        }
        return profile;
    }

    /** The name for a gateway that was given none: its primary MAC address, else its host name. */
    static String defaultClientId(@Nullable SystemService system) {
        String mac = system == null ? null : system.getPrimaryMacAddress();
        return mac != null && isKnown(mac) ? mac : hostName();
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

    private static void ofSystem(Map<String, String> profile, SystemService system) {
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
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "gateway";
        }
    }
}
