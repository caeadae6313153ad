package solutions.itms.scs.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import solutions.itms.scs.api.artifact.ArtifactDraft;
import solutions.itms.scs.api.artifact.ArtifactInfo;
import solutions.itms.scs.api.artifact.ArtifactReference;
import solutions.itms.scs.api.artifact.ArtifactUploader;

/** Keeps files in a folder, under their ids. */
record FolderUploader(Path folder) implements ArtifactUploader {
    @Override
    public ArtifactDraft draft(ArtifactInfo info) {
        String id = UUID.randomUUID().toString().replace("-", "");
        Path file = folder.resolve(id);
        try {
            OutputStream out = Files.newOutputStream(file);
            return new ArtifactDraft() {
                @Override
                public OutputStream stream() {
                    return out;
                }

                @Override
                public ArtifactReference finish() throws IOException {
                    out.close();
                    return new ArtifactReference(id, info.name(), info.mediaType(), Files.size(file), hash(file));
                }

                @Override
                public void close() {}
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void cancel(String command) {}

    private static String hash(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
