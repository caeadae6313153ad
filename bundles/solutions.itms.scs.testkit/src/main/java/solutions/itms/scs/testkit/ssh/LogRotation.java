package solutions.itms.scs.testkit.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;

/** Rotates a log while it is read: it becomes {@code NAME.1}, and another one begins. Thread-safe. */
final class LogRotation implements SftpEventListener {
    private static final long EACH = 256 * 1024;

    private final BooleanSupplier isOn;
    private final Map<Path, Long> read = new ConcurrentHashMap<>();

    LogRotation(BooleanSupplier isOn) {
        this.isOn = isOn;
    }

    @Override
    public void read(
            ServerSession session,
            String remoteHandle,
            FileHandle file,
            long offset,
            byte[] data,
            int dataOffset,
            int dataLength,
            int readLength,
            Throwable thrown)
            throws IOException {
        Path path = file.getFile();
        if (isOn.getAsBoolean() && readLength > 0 && path.toString().endsWith(".log")) {
            if (read.merge(path, (long) readLength, Long::sum) >= EACH) {
                read.remove(path);
                rotate(path);
            }
        }
    }

    /** The line begins a new file, as a daemon would after a rotation. */
    private static synchronized void rotate(Path log) throws IOException {
        int last = 1;
        while (Files.exists(log.resolveSibling(log.getFileName() + "." + last))) {
            last++;
        }
        for (int number = last; number > 1; number--) {
            Files.move(
                    log.resolveSibling(log.getFileName() + "." + (number - 1)),
                    log.resolveSibling(log.getFileName() + "." + number));
        }
        Files.move(log, log.resolveSibling(log.getFileName() + ".1"));
        Files.writeString(log, "after rotation " + last + "\n");
    }
}
