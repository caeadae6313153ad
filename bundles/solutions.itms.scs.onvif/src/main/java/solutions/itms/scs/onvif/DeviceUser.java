package solutions.itms.scs.onvif;

/** A user of a device, never with the password. @param level such as Administrator, Operator, User */
public record DeviceUser(String name, String level) {}
