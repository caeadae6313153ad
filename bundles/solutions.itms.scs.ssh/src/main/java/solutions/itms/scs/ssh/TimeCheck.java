package solutions.itms.scs.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far the clock of a gate is from ours: it is asked a few times, and the quickest answer counts.
 *
 * @param aheadMillis positive when the gate's is ahead
 * @param uncertaintyMillis by how much this may be wrong
 */
record TimeCheck(long aheadMillis, long uncertaintyMillis) {
    private static final String COMMAND = "date +%s.%N";
    private static final int ASKED = 4;
    private static final int MAX_OUTPUT = 4_096;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Systems without nanoseconds print the letter. */
    private static final Pattern TIME = Pattern.compile("(\\d{9,11})(?:\\.(\\d{3})\\d*)?.*", Pattern.DOTALL);

    static TimeCheck of(GateConnection connection, Clock clock) throws GateFailure {
        TimeCheck best = null;
        for (int i = 0; i < ASKED; i++) {
            TimeCheck next = once(connection, clock);
            best = best == null || next.uncertaintyMillis < best.uncertaintyMillis ? next : best;
        }
        return java.util.Objects.requireNonNull(best);
    }

    private static TimeCheck once(GateConnection connection, Clock clock) throws GateFailure {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        long begun = System.nanoTime();
        connection.run(COMMAND, PATIENCE, (bytes, length) -> {
            printed.write(bytes, 0, length);
            if (printed.size() > MAX_OUTPUT) {
                throw new IOException("date prints more than " + MAX_OUTPUT + " bytes");
            }
        });
        long tookMillis = (System.nanoTime() - begun) / 1_000_000;
        long middle = clock.millis() - tookMillis / 2;
        String text = printed.toString(StandardCharsets.UTF_8).strip();
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new GateFailure(Level.COMMAND, "tells its time in a way that can't be read");
        }
        boolean exact = time.group(2) != null;
        long gate = Long.parseLong(time.group(1)) * 1_000 + (exact ? Long.parseLong(time.group(2)) : 500);
        return new TimeCheck(gate - middle, tookMillis / 2 + (exact ? 1 : 500));
    }
}
