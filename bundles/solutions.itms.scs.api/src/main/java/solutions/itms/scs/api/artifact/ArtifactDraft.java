package solutions.itms.scs.api.artifact;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/** A file that is being written. For one thread. Always closed, best by try-with-resources. */
@ProviderType
public interface ArtifactDraft extends Closeable {
    /**
     * Takes the content. Its methods throw an {@link ArtifactException} as soon as there is no room for more; what was
     * written until then goes when this is closed.
     */
    OutputStream stream();

    /**
     * Ends the file: it is flushed to the disk and queued for upload; from here on it survives a restart and a power
     * loss, until the server has confirmed it.
     *
     * @throws ArtifactException when there is no room
     * @throws IOException when the disk fails
     */
    ArtifactReference finish() throws IOException;

    /** Throws away what was not finished; else does nothing. */
    @Override
    void close();
}
