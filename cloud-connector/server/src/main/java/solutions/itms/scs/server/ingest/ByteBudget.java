package solutions.itms.scs.server.ingest;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many bytes may be held at a time; who wants more waits, in the order of asking. Thread-safe. */
final class ByteBudget {
    private static final int UNIT = 1024;

    private final int units;
    private final Semaphore free;

    ByteBudget(long bytes) {
        units = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / UNIT));
        free = new Semaphore(units, true);
    }

    /** A share of the heap, so that a small server holds less. */
    static ByteBudget ofHeap(long most) {
        return new ByteBudget(Math.min(most, Runtime.getRuntime().maxMemory() / 10));
    }

    /** Takes bytes; more than there are in all count as all. */
    void acquire(long bytes) throws InterruptedException {
        free.acquire(units(bytes));
    }

    /** @return false when there was no room in this time */
    boolean acquire(long bytes, long nanos) throws InterruptedException {
        return free.tryAcquire(units(bytes), nanos, TimeUnit.NANOSECONDS);
    }

    /** Gives back as many as were taken. */
    void release(long bytes) {
        free.release(units(bytes));
    }

    /** Bytes that are held now. */
    long held() {
        return (long) (units - free.availablePermits()) * UNIT;
    }

    private int units(long bytes) {
        return (int) Math.min(units, bytes / UNIT + 1);
    }
}
