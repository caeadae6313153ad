package solutions.itms.scs.api.gate;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The planned gates of the station on this gateway. An OSGi service; thread-safe. */
@ProviderType
public interface GateDirectory {
    /** All planned gates, ordered by id; empty while the station is not running. */
    List<GateAddress> gates();

    /** The station's {@code deviceCommunicationPath}, where the catalogues of the gates are; empty while it is not running. */
    default Optional<Path> communicationFolder() {
        return Optional.empty();
    }

    /** The effective status of a gate, such as {@code online} or {@code offline}; empty when it is not known. */
    default Optional<String> status(String gateId) {
        return Optional.empty();
    }

    /** Writes a line to the station's log of that gate; what is too long or too much is left out. */
    default void log(String gateId, String text) {}
}
