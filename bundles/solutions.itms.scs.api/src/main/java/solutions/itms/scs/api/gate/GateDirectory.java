package solutions.itms.scs.api.gate;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The gates of the station on this gateway, planned ones and those that were heard. An OSGi service; thread-safe. */
@ProviderType
public interface GateDirectory {
    /** All gates as they are known now, ordered by id; empty while the station is not running. */
    List<GateAddress> gates();
}
