package solutions.itms.scs.server.artifact;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of an S3 store.
 *
 * @param endpoint null for AWS itself
 * @param region such as {@code ap-southeast-1}
 * @param prefix before each key, such as {@code scs/}; may be empty
 * @param presigned whether browsers fetch downloads from the store itself
 */
public record S3Settings(
        @Nullable URI endpoint,
        String region,
        String bucket,
        String prefix,
        String accessKey,
        String secretKey,
        boolean presigned) {
    /** Tells nothing of the secret. */
    @Override
    public String toString() {
        return "S3Settings " + bucket + "/" + prefix;
    }
}
