package solutions.itms.scs.server;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.command.CommandCenter;
import solutions.itms.scs.server.device.PresenceSweep;

/** Whether a gateway is there, in whichever way it talks. Thread-safe. */
record Connections(PresenceSweep.Connections broker, CommandCenter commands) implements PresenceSweep.Connections {
    @Override
    public boolean isConnected(String gatewayId) {
        return broker.isConnected(gatewayId) || commands.hasPolled(gatewayId);
    }

    @Override
    public @Nullable Instant lastPacket(String gatewayId) {
        Instant packet = broker.lastPacket(gatewayId);
        Instant poll = commands.lastPoll(gatewayId);
        if (packet == null || poll == null) {
            return packet == null ? poll : packet;
        }
        return packet.isAfter(poll) ? packet : poll;
    }
}
