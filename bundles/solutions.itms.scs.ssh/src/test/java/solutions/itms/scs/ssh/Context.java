package solutions.itms.scs.ssh;

import java.time.Duration;
import solutions.itms.scs.api.command.CommandContext;

/** A command that was asked for by anna. */
final class Context implements CommandContext {
    private final long end;
    private final boolean cancelled;
    private volatile String progress = "";

    Context(Duration time, boolean cancelled) {
        this.end = System.nanoTime() + time.toNanos();
        this.cancelled = cancelled;
    }

    @Override
    public String id() {
        return "c-1";
    }

    @Override
    public String target() {
        return "gw-1";
    }

    @Override
    public String requestedBy() {
        return "anna";
    }

    @Override
    public Duration timeLeft() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void progress(int percent, String text) {
        this.progress = text;
    }

    /** What was told last. */
    String progress() {
        return progress;
    }
}
