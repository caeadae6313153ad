package solutions.itms.scs.command;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.message.command.CommandReport;
import solutions.itms.scs.message.command.CommandType;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.ErrorCode;
import solutions.itms.scs.message.command.Failure;
import solutions.itms.scs.message.command.GatewayState;
import solutions.itms.scs.message.command.Safety;
import solutions.itms.scs.message.command.Way;

/** One command that waits or runs. Its handler talks to it from any thread. Thread-safe. */
final class Job implements CommandContext {
    /** More reports of progress than one in this time are left out. */
    private static final long PROGRESS_PAUSE = Duration.ofSeconds(1).toNanos();

    private static final int FETCHES = 2;

    private final Envelope envelope;
    private final CommandType type;
    private final LongSupplier ticker;
    private final long takenAt;
    private int runs;
    private boolean running;
    private boolean ended;
    private boolean cancelled;
    private long deadline;
    private long stepBegan;
    private @Nullable Instant startedAt;
    private @Nullable Thread thread;
    private @Nullable Outcome overdue;
    private long overdueSince;
    private int percent = -1;
    private String text = "";
    private boolean untold;
    private boolean told;
    private long toldAt;

    Job(Envelope envelope, CommandType type, int runs, LongSupplier ticker) {
        this.envelope = envelope;
        this.type = type;
        this.runs = runs;
        this.ticker = ticker;
        this.takenAt = ticker.getAsLong();
    }

    Envelope envelope() {
        return envelope;
    }

    CommandType type() {
        return type;
    }

    /**
     * Of the jobs of a lane one runs at a time, in the order in which they came. Wishes of all gates share one, so that
     * an emergency for all and what one gate was told before keep their order, and wait for nothing that takes long;
     * questions do not wait for work. What brings something from a device, such as a clip, changes nothing there and has
     * no order: of that, {@link #laneWidth} run.
     */
    String lane() {
        if (type.way() == Way.DESIRED_STATE) {
            return "wish " + type.path().substring(0, type.path().indexOf('/', 1));
        }
        boolean question = type.way() == Way.CALL && type.safety() == Safety.READ_ONLY;
        return (question ? "question " : fetches() ? "fetch " : "work ") + envelope.target();
    }

    /** How many of a lane may run at a time. */
    int laneWidth() {
        return fetches() ? FETCHES : 1;
    }

    /** Whether it brings something long from a device without changing anything. */
    boolean fetches() {
        return type.way() == Way.JOB && type.safety() == Safety.READ_ONLY && type.exclusiveGroup() == null;
    }

    @Override
    public @Nullable String approvedBy() {
        return envelope.approvedBy();
    }

    @Override
    public String id() {
        return envelope.id();
    }

    @Override
    public String target() {
        return envelope.target();
    }

    @Override
    public String requestedBy() {
        return envelope.requestedBy();
    }

    @Override
    public synchronized Duration timeLeft() {
        long now = ticker.getAsLong();
        return overdue != null ? Duration.ZERO : Duration.ofNanos(Math.max(0, deadline - now));
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public synchronized void progress(int newPercent, String newText) {
        if (ended || !running) {
            return;
        }
        int bounded = Math.max(0, Math.min(100, newPercent));
        String clean = newText.replaceAll("\\p{Cntrl}", " ");
        stepBegan = ticker.getAsLong();
        untold |= bounded != percent || !clean.equals(text);
        percent = bounded;
        text = clean.length() <= CommandReport.Progress.MAX_TEXT
                ? clean
                : clean.substring(0, CommandReport.Progress.MAX_TEXT);
    }

    /** What is to be told of its progress now; null when nothing is. */
    synchronized CommandReport.@Nullable Progress dueProgress(Instant now) {
        long nanos = ticker.getAsLong();
        if (ended || !untold || told && nanos - toldAt < PROGRESS_PAUSE) {
            return null;
        }
        untold = false;
        told = true;
        toldAt = nanos;
        return new CommandReport.Progress(id(), percent, text, now);
    }

    synchronized void begin(Instant now) {
        running = true;
        startedAt = now;
        runs++;
        stepBegan = ticker.getAsLong();
        long timeout = Math.min(envelope.timeoutMs(), type.totalTimeout().toMillis());
        deadline = stepBegan + Duration.ofMillis(timeout).toNanos();
    }

    /** The thread that runs it; interrupted at once when it is late already. */
    synchronized void runsOn(@Nullable Thread running) {
        thread = running;
        if (running != null && overdue != null) {
            running.interrupt();
        }
    }

    /** Stops its thread, if it still runs. */
    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    synchronized void cancel() {
        cancelled = true;
    }

    /** Why its time is over; null while it is not. Found out once, its thread is interrupted. */
    synchronized @Nullable Outcome overdue() {
        if (!running || ended || overdue != null) {
            return overdue;
        }
        long now = ticker.getAsLong();
        String why = null;
        if (now - deadline >= 0) {
            why = "it took longer than it may";
        } else if (now - stepBegan >= type.stepTimeout().toNanos()) {
            why = "nothing was heard of it for " + type.stepTimeout().toSeconds() + " s";
        }
        if (why != null) {
            overdue = Outcome.failed(GatewayState.TIMEOUT, ErrorCode.TIMEOUT, why, Failure.RUN);
            overdueSince = now;
            interrupt();
        }
        return overdue;
    }

    /** Whether it has not ended for so long after its time was over. */
    synchronized boolean isStuck(Duration patience) {
        return overdue != null && !ended && ticker.getAsLong() - overdueSince >= patience.toNanos();
    }

    synchronized boolean isRunning() {
        return running;
    }

    /** Marks the end; false when it was marked before. */
    synchronized boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** For a start that the journal did not take. */
    synchronized void unbegin() {
        running = false;
        runs--;
    }

    synchronized int runs() {
        return runs;
    }

    synchronized @Nullable Instant startedAt() {
        return startedAt;
    }

    Duration waited() {
        return Duration.ofNanos(ticker.getAsLong() - takenAt);
    }
}
