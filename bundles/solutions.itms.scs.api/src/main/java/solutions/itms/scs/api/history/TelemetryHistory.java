package solutions.itms.scs.api.history;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The messages of the last days, whether the cloud has them or not. Written some seconds late: what a power cut takes
 * from it is still in the queue to the cloud. Thread-safe.
 */
@ProviderType
public interface TelemetryHistory {
    /**
     * Reads samples, oldest first.
     *
     * @return at most {@link Query#limit()} of them; to go on, ask again from behind the last one's number
     * @throws IOException if the history can't be read now
     */
    List<Sample> read(Query query) throws IOException;
}
