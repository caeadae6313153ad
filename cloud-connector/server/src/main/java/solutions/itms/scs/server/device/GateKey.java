package solutions.itms.scs.server.device;

/** Names one gate among those of all gateways. */
public record GateKey(String gatewayId, String id) {}
