package solutions.itms.scs.api.gate;

/**
 * Where a gate is reached from its station.
 *
 * @param id the device's id, 1 to 64 printable characters
 * @param ip an IPv4 or IPv6 literal
 * @param sshPort TCP port of its SSH server, as the station's {@code deviceProbePort} says; 1 to 65535
 */
public record GateAddress(String id, String ip, int sshPort) {}
