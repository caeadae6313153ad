package org.eclipse.kura.message;

/** The first message of a connection: says what the gateway is and what runs on it. */
public class KuraBirthPayload extends KuraPayload {
    private static final String ACCEPT_ENCODING = "accept_encoding";
    private static final String APPLICATION_IDENTIFIERS = "application_ids";
    private static final String MODEM_FIRMWARE_VERSION = "modem_firmware_version";
    private static final String MODEM_ICCID = "modem_iccid";
    private static final String MODEM_IMEI = "modem_imei";
    private static final String MODEM_IMSI = "modem_imsi";
    private static final String MODEM_RSSI = "modem_rssi";
    private static final String PAYLOAD_ENCODING = "payload_encoding";
    private static final String TAMPER_STATUS = "tamper_status";

    public KuraBirthPayload() {}

    /** Whether the case of the gateway was opened. */
    public enum TamperStatus {
        UNSUPPORTED,
        TAMPERED,
        NOT_TAMPERED
    }

    /** Adds a metric; one without a value is left out. */
    @Override
    public void addMetric(String name, Object value) {
        if (value != null) {
            super.addMetric(name, value);
        }
    }

    public String getAcceptEncoding() {
        return (String) getMetric(ACCEPT_ENCODING);
    }

    public String getApplicationFramework() {
        return (String) getMetric(KuraDeviceProfile.APPLICATION_FRAMEWORK_KEY);
    }

    public String getApplicationFrameworkVersion() {
        return (String) getMetric(KuraDeviceProfile.APPLICATION_FRAMEWORK_VERSION_KEY);
    }

    public String getApplicationIdentifiers() {
        return (String) getMetric(APPLICATION_IDENTIFIERS);
    }

    public String getAvailableProcessors() {
        return (String) getMetric(KuraDeviceProfile.AVAILABLE_PROCESSORS_KEY);
    }

    public String getBiosVersion() {
        return (String) getMetric(KuraDeviceProfile.BIOS_VERSION_KEY);
    }

    public String getConnectionInterface() {
        return (String) getMetric(KuraDeviceProfile.CONNECTION_INTERFACE_KEY);
    }

    public String getConnectionIp() {
        return (String) getMetric(KuraDeviceProfile.CONNECTION_IP_KEY);
    }

    public String getCpuVersion() {
        return (String) getMetric(KuraDeviceProfile.CPU_VERSION_KEY);
    }

    public String getDisplayName() {
        return (String) getMetric(KuraDeviceProfile.DISPLAY_NAME_KEY);
    }

    public String getFirmwareVersion() {
        return (String) getMetric(KuraDeviceProfile.FIRMWARE_VERSION_KEY);
    }

    public String getJdkVendorVersion() {
        return (String) getMetric(KuraDeviceProfile.JDK_VENDOR_VERSION_KEY);
    }

    public String getJvmName() {
        return (String) getMetric(KuraDeviceProfile.JVM_NAME_KEY);
    }

    public String getJvmProfile() {
        return (String) getMetric(KuraDeviceProfile.JVM_PROFILE_KEY);
    }

    public String getJvmVendor() {
        return (String) getMetric(KuraDeviceProfile.JVM_VENDOR_KEY);
    }

    public String getJvmVersion() {
        return (String) getMetric(KuraDeviceProfile.JVM_VERSION_KEY);
    }

    public String getKuraVersion() {
        return (String) getMetric(KuraDeviceProfile.KURA_VERSION_KEY);
    }

    public String getModelId() {
        return (String) getMetric(KuraDeviceProfile.MODEL_ID_KEY);
    }

    public String getModelName() {
        return (String) getMetric(KuraDeviceProfile.MODEL_NAME_KEY);
    }

    public String getModemFirmwareVersion() {
        return (String) getMetric(MODEM_FIRMWARE_VERSION);
    }

    public String getModemIccid() {
        return (String) getMetric(MODEM_ICCID);
    }

    public String getModemImei() {
        return (String) getMetric(MODEM_IMEI);
    }

    public String getModemImsi() {
        return (String) getMetric(MODEM_IMSI);
    }

    public String getModemRssi() {
        return (String) getMetric(MODEM_RSSI);
    }

    public String getOs() {
        return (String) getMetric(KuraDeviceProfile.OS_KEY);
    }

    public String getOsArch() {
        return (String) getMetric(KuraDeviceProfile.OS_ARCH_KEY);
    }

    public String getOsVersion() {
        return (String) getMetric(KuraDeviceProfile.OS_VERSION_KEY);
    }

    public String getOsgiFramework() {
        return (String) getMetric(KuraDeviceProfile.OSGI_FRAMEWORK_KEY);
    }

    public String getOsgiFrameworkVersion() {
        return (String) getMetric(KuraDeviceProfile.OSGI_FRAMEWORK_VERSION_KEY);
    }

    public String getPartNumber() {
        return (String) getMetric(KuraDeviceProfile.PART_NUMBER_KEY);
    }

    public String getPayloadEncoding() {
        return (String) getMetric(PAYLOAD_ENCODING);
    }

    public String getSerialNumber() {
        return (String) getMetric(KuraDeviceProfile.SERIAL_NUMBER_KEY);
    }

    public String getTotalMemory() {
        return (String) getMetric(KuraDeviceProfile.TOTAL_MEMORY_KEY);
    }

    public String getUptime() {
        return (String) getMetric(KuraDeviceProfile.UPTIME_KEY);
    }

    /** The status; null when the payload names none. */
    public TamperStatus getTamperStatus() {
        Object status = getMetric(TAMPER_STATUS);
        return status == null ? null : TamperStatus.valueOf((String) status);
    }

    @Override
    public String toString() {
        return "KuraBirthPayload" + metrics();
    }

    /** Collects what a birth message says; what isn't given is left out. */
    public static class KuraBirthPayloadBuilder {
        private final KuraBirthPayload payload = new KuraBirthPayload();

        public KuraBirthPayloadBuilder() {}

        public KuraBirthPayloadBuilder withAcceptEncoding(String acceptEncoding) {
            payload.addMetric(ACCEPT_ENCODING, acceptEncoding);
            return this;
        }

        public KuraBirthPayloadBuilder withApplicationFramework(String applicationFramework) {
            payload.addMetric(KuraDeviceProfile.APPLICATION_FRAMEWORK_KEY, applicationFramework);
            return this;
        }

        public KuraBirthPayloadBuilder withApplicationFrameworkVersion(String applicationFrameworkVersion) {
            payload.addMetric(KuraDeviceProfile.APPLICATION_FRAMEWORK_VERSION_KEY, applicationFrameworkVersion);
            return this;
        }

        public KuraBirthPayloadBuilder withApplicationIdentifiers(String applicationIdentifiers) {
            payload.addMetric(APPLICATION_IDENTIFIERS, applicationIdentifiers);
            return this;
        }

        public KuraBirthPayloadBuilder withAvailableProcessors(String availableProcessors) {
            payload.addMetric(KuraDeviceProfile.AVAILABLE_PROCESSORS_KEY, availableProcessors);
            return this;
        }

        public KuraBirthPayloadBuilder withBiosVersion(String biosVersion) {
            payload.addMetric(KuraDeviceProfile.BIOS_VERSION_KEY, biosVersion);
            return this;
        }

        public KuraBirthPayloadBuilder withConnectionInterface(String connectionInterface) {
            payload.addMetric(KuraDeviceProfile.CONNECTION_INTERFACE_KEY, connectionInterface);
            return this;
        }

        public KuraBirthPayloadBuilder withConnectionIp(String connectionIp) {
            payload.addMetric(KuraDeviceProfile.CONNECTION_IP_KEY, connectionIp);
            return this;
        }

        public KuraBirthPayloadBuilder withCpuVersion(String cpuVersion) {
            payload.addMetric(KuraDeviceProfile.CPU_VERSION_KEY, cpuVersion);
            return this;
        }

        public KuraBirthPayloadBuilder withDisplayName(String displayName) {
            payload.addMetric(KuraDeviceProfile.DISPLAY_NAME_KEY, displayName);
            return this;
        }

        public KuraBirthPayloadBuilder withFirmwareVersion(String firmwareVersion) {
            payload.addMetric(KuraDeviceProfile.FIRMWARE_VERSION_KEY, firmwareVersion);
            return this;
        }

        public KuraBirthPayloadBuilder withJdkVendorVersion(String jdkVendorVersion) {
            payload.addMetric(KuraDeviceProfile.JDK_VENDOR_VERSION_KEY, jdkVendorVersion);
            return this;
        }

        public KuraBirthPayloadBuilder withJvmName(String jvmName) {
            payload.addMetric(KuraDeviceProfile.JVM_NAME_KEY, jvmName);
            return this;
        }

        public KuraBirthPayloadBuilder withJvmProfile(String jvmProfile) {
            payload.addMetric(KuraDeviceProfile.JVM_PROFILE_KEY, jvmProfile);
            return this;
        }

        public KuraBirthPayloadBuilder withJvmVendor(String jvmVendor) {
            payload.addMetric(KuraDeviceProfile.JVM_VENDOR_KEY, jvmVendor);
            return this;
        }

        public KuraBirthPayloadBuilder withJvmVersion(String jvmVersion) {
            payload.addMetric(KuraDeviceProfile.JVM_VERSION_KEY, jvmVersion);
            return this;
        }

        public KuraBirthPayloadBuilder withKuraVersion(String kuraVersion) {
            payload.addMetric(KuraDeviceProfile.KURA_VERSION_KEY, kuraVersion);
            return this;
        }

        public KuraBirthPayloadBuilder withModelId(String modelId) {
            payload.addMetric(KuraDeviceProfile.MODEL_ID_KEY, modelId);
            return this;
        }

        public KuraBirthPayloadBuilder withModelName(String modelName) {
            payload.addMetric(KuraDeviceProfile.MODEL_NAME_KEY, modelName);
            return this;
        }

        public KuraBirthPayloadBuilder withModemFirmwareVersion(String modemFirmwareVersion) {
            payload.addMetric(MODEM_FIRMWARE_VERSION, modemFirmwareVersion);
            return this;
        }

        public KuraBirthPayloadBuilder withModemIccid(String modemIccid) {
            payload.addMetric(MODEM_ICCID, modemIccid);
            return this;
        }

        public KuraBirthPayloadBuilder withModemImei(String modemImei) {
            payload.addMetric(MODEM_IMEI, modemImei);
            return this;
        }

        public KuraBirthPayloadBuilder withModemImsi(String modemImsi) {
            payload.addMetric(MODEM_IMSI, modemImsi);
            return this;
        }

        public KuraBirthPayloadBuilder withModemRssi(String modemRssi) {
            payload.addMetric(MODEM_RSSI, modemRssi);
            return this;
        }

        public KuraBirthPayloadBuilder withOs(String os) {
            payload.addMetric(KuraDeviceProfile.OS_KEY, os);
            return this;
        }

        public KuraBirthPayloadBuilder withOsArch(String osArch) {
            payload.addMetric(KuraDeviceProfile.OS_ARCH_KEY, osArch);
            return this;
        }

        public KuraBirthPayloadBuilder withOsVersion(String osVersion) {
            payload.addMetric(KuraDeviceProfile.OS_VERSION_KEY, osVersion);
            return this;
        }

        public KuraBirthPayloadBuilder withOsgiFramework(String osgiFramework) {
            payload.addMetric(KuraDeviceProfile.OSGI_FRAMEWORK_KEY, osgiFramework);
            return this;
        }

        public KuraBirthPayloadBuilder withOsgiFrameworkVersion(String osgiFrameworkVersion) {
            payload.addMetric(KuraDeviceProfile.OSGI_FRAMEWORK_VERSION_KEY, osgiFrameworkVersion);
            return this;
        }

        public KuraBirthPayloadBuilder withPartNumber(String partNumber) {
            payload.addMetric(KuraDeviceProfile.PART_NUMBER_KEY, partNumber);
            return this;
        }

        public KuraBirthPayloadBuilder withPayloadEncoding(String payloadEncoding) {
            payload.addMetric(PAYLOAD_ENCODING, payloadEncoding);
            return this;
        }

        public KuraBirthPayloadBuilder withPosition(KuraPosition position) {
            payload.setPosition(position);
            return this;
        }

        public KuraBirthPayloadBuilder withSerialNumber(String serialNumber) {
            payload.addMetric(KuraDeviceProfile.SERIAL_NUMBER_KEY, serialNumber);
            return this;
        }

        public KuraBirthPayloadBuilder withTamperStatus(TamperStatus tamperStatus) {
            payload.addMetric(TAMPER_STATUS, tamperStatus == null ? null : tamperStatus.name());
            return this;
        }

        public KuraBirthPayloadBuilder withTotalMemory(String totalMemory) {
            payload.addMetric(KuraDeviceProfile.TOTAL_MEMORY_KEY, totalMemory);
            return this;
        }

        public KuraBirthPayloadBuilder withUptime(String uptime) {
            payload.addMetric(KuraDeviceProfile.UPTIME_KEY, uptime);
            return this;
        }

        /** The payload with what was given so far. */
        public KuraBirthPayload build() {
            return payload;
        }
    }
}
