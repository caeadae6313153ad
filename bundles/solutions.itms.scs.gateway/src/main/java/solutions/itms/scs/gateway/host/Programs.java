package solutions.itms.scs.gateway.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Runs programs of the system, without a shell. Thread-safe. */
class Programs {
    private static final int MAX_CHARS = 64 * 1024;

    /** What a program prints that answers at once; empty when there is none of its name, or it fails. */
    Optional<String> output(List<String> command, Duration patience) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        boolean ran = lines(command, patience, line -> {
            text.append(line).append('\n');
            return text.length() < MAX_CHARS;
        });
        return ran ? Optional.of(text.toString()) : Optional.empty();
    }

    /**
     * Hands on line by line what a program prints.
     *
     * @param patience after it the program is ended
     * @param more takes a line; false ends the program
     * @return whether there is such a program, and it ended well or was ended by {@code more}
     */
    boolean lines(List<String> command, Duration patience, Predicate<String> more) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return false;
        }
        Thread watchdog = new Thread(() -> end(process, patience), "scs-gateway-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        boolean ended = false;
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 1_024)) {
            process.getOutputStream().close();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (!more.test(line)) {
                    ended = true;
                    break;
                }
            }
            return ended || process.waitFor(1, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } finally {
            process.destroyForcibly();
            watchdog.interrupt();
        }
    }

    private static void end(Process process, Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            // the program has ended
        }
    }
}
