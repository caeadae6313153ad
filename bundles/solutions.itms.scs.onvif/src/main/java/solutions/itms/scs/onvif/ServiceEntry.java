package solutions.itms.scs.onvif;

/**
 * A service that a device lists.
 *
 * @param namespace as it lists it
 * @param version major.minor; empty when it does not say
 * @param address as it says it, without a user
 */
public record ServiceEntry(String namespace, String version, String address) {}
