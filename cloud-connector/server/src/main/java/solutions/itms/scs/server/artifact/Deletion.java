package solutions.itms.scs.server.artifact;

import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes files: at once for whoever asks, and as soon as can be on the disk. Thread-safe. */
final class Deletion {
    private static final Logger LOGGER = LoggerFactory.getLogger(Deletion.class);

    private final ArtifactTable table;
    private final Uploads uploads;
    private final ObjectStore store;
    private final Clock clock;

    Deletion(ArtifactTable table, Uploads uploads, ObjectStore store, Clock clock) {
        this.table = table;
        this.uploads = uploads;
        this.store = store;
        this.clock = clock;
    }

    /** @return false when it was deleted before */
    boolean delete(Artifact artifact, String actor, @Nullable String requestId, String reason) {
        if (!table.delete(artifact.id(), actor, requestId, reason, clock.instant())) {
            return false;
        }
        try {
            uploads.forget(artifact.id());
            store.delete(artifact.id());
        } catch (IOException e) {
            // the next comparison of store and database takes it away
            LOGGER.warn("the bytes of the file {} are not deleted yet: {}", artifact.id(), e.getMessage());
        }
        return true;
    }
}
