package solutions.itms.scs.onvif;

/** What a device says it is; empty where it says nothing. */
public record DeviceInformation(String manufacturer, String model, String firmware, String serial, String hardware) {}
