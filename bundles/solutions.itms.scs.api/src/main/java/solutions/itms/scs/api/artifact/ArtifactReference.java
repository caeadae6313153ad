package solutions.itms.scs.api.artifact;

import solutions.itms.scs.api.command.ResultFile;

/**
 * A finished file, as it stands in the result of a command. It may still be on its way to the server.
 *
 * @param id identifies it here and at the server, 32 hexadecimal digits
 * @param name as people see it
 * @param mediaType such as {@code video/mp4}
 * @param size bytes
 * @param sha256 of its content, hex in lower case
 */
public record ArtifactReference(String id, String name, String mediaType, long size, String sha256)
        implements ResultFile {}
