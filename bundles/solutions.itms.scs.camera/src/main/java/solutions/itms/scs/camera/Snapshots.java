package solutions.itms.scs.camera;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.artifact.ArtifactDraft;
import solutions.itms.scs.api.artifact.ArtifactInfo;
import solutions.itms.scs.api.artifact.ArtifactKind;
import solutions.itms.scs.api.artifact.ArtifactReference;
import solutions.itms.scs.api.artifact.ArtifactUploader;
import solutions.itms.scs.onvif.OnvifDevice;
import solutions.itms.scs.onvif.Picture;

/** Pictures as files for the cloud. Stateless. */
final class Snapshots {
    private Snapshots() {}

    /** Takes a picture on schedule; fails when there is no picture, or no room for it. */
    static CompletableFuture<Void> thumbnail(String camera, OnvifDevice device, String profile, Site site) {
        ArtifactUploader uploader = site.uploader().get().orElse(null);
        if (uploader == null) {
            return CompletableFuture.completedFuture(null);
        }
        return device.media()
                .withProfile(profile, chosen -> device.media().snapshot(chosen.token()))
                .thenAccept(picture -> {
                    try {
                        store(uploader, camera, null, picture);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                });
    }

    /** Hands a picture over. @param command that it belongs to */
    static ArtifactReference store(ArtifactUploader uploader, String camera, @Nullable String command, Picture picture)
            throws IOException {
        String name = camera + (picture.mediaType().equals("image/png") ? ".png" : ".jpg");
        ArtifactInfo info = new ArtifactInfo(name, picture.mediaType(), ArtifactKind.SNAPSHOT, camera, command);
        try (ArtifactDraft draft = uploader.draft(info)) {
            draft.stream().write(picture.bytes());
            return draft.finish();
        }
    }
}
