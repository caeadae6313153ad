package solutions.itms.scs.server.device;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a transaction changed, told to whoever shows it after the commit. For one thread.
 *
 * <p>Quiet changes are counters and times that move with every message; they may be shown a little later.
 */
public final class Changes {
    private final Set<String> gateways = new LinkedHashSet<>();
    private final Set<GateKey> gates = new LinkedHashSet<>();
    private final Set<String> quietGateways = new LinkedHashSet<>();
    private final Set<GateKey> quietGates = new LinkedHashSet<>();
    private final Set<GateKey> devices = new LinkedHashSet<>();
    private final Set<String> commands = new LinkedHashSet<>();
    private final Map<GatewayIdentity, List<String>> confirmed = new LinkedHashMap<>();
    private final Set<String> outgoing = new LinkedHashSet<>();

    /** The gateway's status, and with it what is shown of all its gates. */
    public void gateway(String id) {
        gateways.add(id);
    }

    public void gate(GateKey key) {
        gates.add(key);
    }

    public void quietGateway(String id) {
        quietGateways.add(id);
    }

    public void quietGate(GateKey key) {
        quietGates.add(key);
    }

    /** A device that is neither a gateway nor a gate: what is told of it, or that it is gone. */
    public void device(GateKey key) {
        devices.add(key);
    }

    /** A command's state or what is told of it. */
    public void command(String id) {
        commands.add(id);
    }

    /** A gateway's result was stored, or never will be; the gateway may forget it. */
    public void confirm(GatewayIdentity gateway, String commandId) {
        confirmed.computeIfAbsent(gateway, unused -> new ArrayList<>()).add(commandId);
    }

    /** A command or a cancel was put into the list of what is to be sent to a gateway. */
    public void outgoing(String gatewayId) {
        outgoing.add(gatewayId);
    }

    /** Adds everything that the others hold. */
    public void addAll(Changes others) {
        gateways.addAll(others.gateways);
        gates.addAll(others.gates);
        quietGateways.addAll(others.quietGateways);
        quietGates.addAll(others.quietGates);
        devices.addAll(others.devices);
        commands.addAll(others.commands);
        outgoing.addAll(others.outgoing);
        others.confirmed.forEach((gateway, ids) -> ids.forEach(id -> confirm(gateway, id)));
    }

    /** Gives the quiet changes to others, which hold them from now on. */
    public void moveQuietTo(Changes others) {
        others.quietGateways.addAll(quietGateways);
        others.quietGates.addAll(quietGates);
        quietGateways.clear();
        quietGates.clear();
    }

    public Collection<String> gateways() {
        return gateways;
    }

    public Collection<GateKey> gates() {
        return gates;
    }

    public Collection<String> quietGateways() {
        return quietGateways;
    }

    public Collection<GateKey> quietGates() {
        return quietGates;
    }

    public Collection<GateKey> devices() {
        return devices;
    }

    public Collection<String> commands() {
        return commands;
    }

    /** Results that their gateways may forget. */
    public Map<GatewayIdentity, List<String>> confirmed() {
        return confirmed;
    }

    /** The gateways that there is something new to send to. */
    public Collection<String> outgoing() {
        return outgoing;
    }

    /** Whether something must be shown at once. */
    public boolean isUrgent() {
        return !gateways.isEmpty() || !gates.isEmpty() || !devices.isEmpty() || !commands.isEmpty();
    }

    public boolean isEmpty() {
        return !isUrgent()
                && outgoing.isEmpty()
                && confirmed.isEmpty()
                && quietGateways.isEmpty()
                && quietGates.isEmpty();
    }
}
