package solutions.itms.scs.server;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.server.command.CommandCenter;
import solutions.itms.scs.server.device.PresenceSweep;
import solutions.itms.scs.server.deviceapi.Contacts;

/** Whether a gateway is there, in whichever way it talks. Thread-safe. */
record Connections(PresenceSweep.Connections broker, CommandCenter commands, Contacts contacts)
        implements PresenceSweep.Connections {
    @Override
    public boolean isConnected(String gatewayId) {
        return broker.isConnected(gatewayId) || commands.hasPolled(gatewayId) || contacts.isRecent(gatewayId);
    }

    @Override
    public @Nullable Instant lastPacket(String gatewayId) {
        return later(broker.lastPacket(gatewayId), contacts.last(gatewayId));
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
