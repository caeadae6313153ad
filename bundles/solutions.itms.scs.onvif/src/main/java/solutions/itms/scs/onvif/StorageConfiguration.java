package solutions.itms.scs.onvif;

/**
 * A place where a device stores.
 *
 * @param type such as LocalStorage or NFS; empty when it does not say
 * @param path on the device itself; empty when it is elsewhere
 * @param address of another machine, without user and password; empty when it is local
 */
public record StorageConfiguration(String token, String type, String path, String address) {}
