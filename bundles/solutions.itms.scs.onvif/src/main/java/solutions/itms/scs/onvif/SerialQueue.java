package solutions.itms.scs.onvif;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import solutions.itms.scs.onvif.http.NetworkLoop;
import solutions.itms.scs.onvif.soap.OnvifException;

/**
 * One call at a time, and not too many in a row: cheap firmware falls over at eight requests a second. A burst, such as a
 * probe, is let through. Thread-safe.
 */
final class SerialQueue {
    private static final int MAX_WAITING = 64;
    private static final double BURST = 30;
    private static final double PER_SECOND = 6;

    private final NetworkLoop loop;
    private final Deque<Job<?>> waiting = new ArrayDeque<>();
    private boolean running;
    private boolean closed;
    private double tokens = BURST;
    private long filledAt;

    SerialQueue(NetworkLoop loop) {
        this.loop = loop;
        filledAt = loop.nanos();
    }

    private record Job<T>(Supplier<CompletableFuture<T>> call, CompletableFuture<T> result) {
        void run(Runnable then) {
            CompletableFuture<T> started;
            try {
                started = call.get();
            } catch (RuntimeException e) {
                started = CompletableFuture.failedFuture(e);
            }
            started.whenComplete((value, failure) -> {
                then.run();
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(OnvifException.of(failure));
                }
            });
        }
    }

    /** Calls when it is this call's turn. @param urgent before everything that waits */
    <T> CompletableFuture<T> submit(Supplier<CompletableFuture<T>> call, boolean urgent) {
        CompletableFuture<T> result = new CompletableFuture<>();
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(
                        new OnvifException(OnvifException.Kind.STOPPED, "the device is not used any more"));
            }
            if (waiting.size() >= MAX_WAITING && !urgent) {
                return CompletableFuture.failedFuture(
                        new OnvifException(OnvifException.Kind.BUSY, MAX_WAITING + " calls wait for this device"));
            }
            Job<T> job = new Job<>(call, result);
            if (urgent) {
                waiting.addFirst(job);
            } else {
                waiting.addLast(job);
            }
        }
        next();
        return result;
    }

    /** Fails all that wait; what runs goes on. */
    void close() {
        Deque<Job<?>> left;
        synchronized (this) {
            closed = true;
            left = new ArrayDeque<>(waiting);
            waiting.clear();
        }
        left.forEach(job -> job.result.completeExceptionally(
                new OnvifException(OnvifException.Kind.STOPPED, "the device is not used any more")));
    }

    private void next() {
        Job<?> job;
        synchronized (this) {
            if (running || waiting.isEmpty()) {
                return;
            }
            running = true;
            Duration pause = take();
            if (!pause.isZero()) {
                loop.after(pause, () -> {
                    synchronized (this) {
                        running = false;
                    }
                    next();
                });
                return;
            }
            job = waiting.removeFirst();
        }
        job.run(() -> {
            synchronized (this) {
                running = false;
            }
            next();
        });
    }

    /** How long to wait for the right to one more call; zero when it was taken. */
    private Duration take() {
        long now = loop.nanos();
        tokens = Math.min(BURST, tokens + (now - filledAt) / 1e9 * PER_SECOND);
        filledAt = now;
        if (tokens >= 1) {
            tokens--;
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) ((1 - tokens) / PER_SECOND * 1e9) + 1_000_000);
    }
}
