package solutions.itms.scs.station;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs programs that answer at once, with little to say. */
final class SystemCommands implements SystemTimeReference.Commands {
    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_SECONDS = 3;

    @Override
    public @Nullable String output(List<String> command) {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return null;
        }
        try {
            process.getOutputStream().close();
            // what they print fits into the pipe, so that they end before it is read
            boolean ended = process.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0
                    ? new String(process.getInputStream().readNBytes(MAX_BYTES), StandardCharsets.UTF_8)
                    : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            process.destroyForcibly();
        }
    }
}
