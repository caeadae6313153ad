package solutions.itms.scs.ssh.logs;

/**
 * A log file of a gate as far as it has been fetched. It is known again by its content, wherever rotation moved it.
 *
 * @param id number of the local file
 * @param path where it was last seen
 * @param head hash of its first bytes
 * @param headLength how many these are
 * @param fetched bytes of it that are kept here; the next collection begins there
 * @param tail hash of the bytes before that place
 * @param tailLength how many these are
 * @param size of the remote file when it was last looked at, compressed as it may have been
 * @param modified its time then, seconds since 1970
 * @param kept bytes of the local, compressed file that are valid
 * @param seenAt when it was last looked at, ms since 1970
 * @param changedAt when something was last fetched, ms since 1970
 */
record KnownFile(
        long id,
        String path,
        String head,
        int headLength,
        long fetched,
        String tail,
        int tailLength,
        long size,
        long modified,
        long kept,
        long seenAt,
        long changedAt) {
    /** Whether a file that looks like this was fetched to its end. */
    boolean isUnchanged(RemoteFiles.Entry file) {
        return size == file.size() && modified == file.modified();
    }

    KnownFile seen(RemoteFiles.Entry file, long now) {
        return new KnownFile(
                id, file.path(), head, headLength, fetched, tail, tailLength, size, modified, kept, now, changedAt);
    }
}
