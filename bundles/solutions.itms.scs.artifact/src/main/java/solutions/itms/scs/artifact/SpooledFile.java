package solutions.itms.scs.artifact;

import org.jspecify.annotations.Nullable;

/**
 * A file that waits for the server.
 *
 * @param position grows in the order of the files
 * @param kind as it goes over the wire
 * @param createdAt ms since 1970 UTC
 */
record SpooledFile(
        long position,
        String id,
        String name,
        String mediaType,
        String kind,
        String device,
        @Nullable String command,
        long size,
        String sha256,
        long createdAt) {

    /** Where the server has it, behind {@code /api/v1/device/}. */
    String collection() {
        return command == null ? "artifacts" : "commands/" + command + "/artifacts";
    }

    String resource() {
        return collection() + "/" + id;
    }
}
