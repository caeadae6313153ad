package solutions.itms.scs.command;

import java.util.Optional;
import solutions.itms.scs.message.command.DeviceType;

/** The devices of this gateway. Thread-safe. */
@FunctionalInterface
interface Targets {
    /** What kind of device has this id; empty when none of this gateway's is known to have it. */
    Optional<DeviceType> typeOf(String id);
}
