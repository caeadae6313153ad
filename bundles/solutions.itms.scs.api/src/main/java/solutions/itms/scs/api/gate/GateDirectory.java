package solutions.itms.scs.api.gate;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The planned gates of the station on this gateway. An OSGi service; thread-safe. */
@ProviderType
public interface GateDirectory {
    /** All planned gates, ordered by id; empty while the station is not running. */
    List<GateAddress> gates();
}
