package solutions.itms.scs.api.inventory;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import solutions.itms.scs.message.command.DeviceType;

/**
 * The devices that a bundle looks after, such as cameras: an OSGi service that whoever has devices registers, so that
 * commands for them are accepted. Thread-safe; answers at once.
 */
@ConsumerType
public interface DeviceDirectory {
    /** What the device of this id is; empty when this bundle has none of that id. */
    Optional<DeviceType> typeOf(String id);
}
