package solutions.itms.scs.api.artifact;

import org.osgi.annotation.versioning.ProviderType;

/** Keeps files on this gateway until the server has them, and brings them there. Thread-safe. */
@ProviderType
public interface ArtifactUploader {
    /**
     * Begins a file.
     *
     * @throws ArtifactException when there is no room in the quota or on the disk, or too many files wait
     */
    ArtifactDraft draft(ArtifactInfo info) throws ArtifactException;

    /**
     * Gives up the files of a command that was cancelled: what has not reached the server is deleted, and the server is
     * told. Does nothing when there are none.
     */
    void cancel(String command);
}
