package solutions.itms.scs.gateway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.telemetry.Priority;
import solutions.itms.scs.api.telemetry.Telemetry;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.Sequence;
import solutions.itms.scs.store.Database;
import solutions.itms.scs.store.Durability;
import solutions.itms.scs.store.StoreException;
import solutions.itms.scs.store.Stores;

/**
 * Numbers messages and hands them to the carrier, one after the other, most urgent class first. What the carrier can't
 * take waits, up to a limit; beyond it the oldest message of the least urgent class is dropped before it has a number.
 * Thread-safe.
 */
final class NumberedTelemetry implements Telemetry, AutoCloseable {
    /** Messages that may wait for a number. Once numbered, it is the carrier's queue that keeps them. */
    static final int MAX_WAITING = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(NumberedTelemetry.class);
    private static final int MAX_GROUP = 200;

    private final Stores stores;
    private final Duration retry;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Priority, Deque<Waiting>> waiting = new EnumMap<>(Priority.class);
    private final Set<Runnable> callbacks = new CopyOnWriteArraySet<>();
    private final Thread worker;
    private @Nullable Carrier carrier;
    private @Nullable Database database;
    private int size;
    private long dropped;
    private boolean closed;

    /** @param retry pause after a carrier or a disk that does not take anything */
    NumberedTelemetry(Stores stores, Duration retry) {
        this.stores = stores;
        this.retry = retry;
        worker = new Thread(this::work, "scs-telemetry");
        worker.setDaemon(true);
        worker.start();
    }

    @Override
    public void send(String subject, Payload payload, Priority priority) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            queue(priority).addLast(new Waiting(subject, payload, priority));
            size++;
            if (size > MAX_WAITING) {
                dropOne();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public AutoCloseable onConnected(Runnable callback) {
        callbacks.add(callback);
        if (hasCarrier()) {
            callback.run();
        }
        return () -> callbacks.remove(callback);
    }

    /** From now on messages go to this carrier; null = to none, they wait. */
    void carryWith(@Nullable Carrier next) {
        lock.lock();
        try {
            carrier = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (next != null) {
            connected();
        }
    }

    /** To be called whenever the connection to the cloud has come up. */
    void connected() {
        for (Runnable callback : callbacks) {
            try {
                callback.run();
            } catch (RuntimeException e) {
                LOG.error("A listener of the cloud connection failed", e);
            }
        }
    }

    private boolean hasCarrier() {
        lock.lock();
        try {
            return carrier != null;
        } finally {
            lock.unlock();
        }
    }

    /** Messages dropped because too many were waiting. */
    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        worker.interrupt();
        try {
            worker.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (database != null) {
            database.close();
        }
    }

    private Deque<Waiting> queue(Priority priority) {
        return waiting.computeIfAbsent(priority, p -> new ArrayDeque<>());
    }

    private void dropOne() {
        Priority[] priorities = Priority.values();
        for (int i = priorities.length - 1; i >= 0; i--) {
            if (queue(priorities[i]).pollFirst() != null) {
                size--;
                dropped++;
                if (Long.bitCount(dropped) == 1) {
                    LOG.warn("{} messages to the cloud were dropped: more than {} were waiting", dropped, MAX_WAITING);
                }
                return;
            }
        }
    }

    private void work() {
        Deque<Waiting> numbered = new ArrayDeque<>();
        while (true) {
            try {
                Carrier to = next(numbered);
                if (to == null) {
                    return;
                }
                while (!numbered.isEmpty()) {
                    Waiting message = numbered.getFirst();
                    to.carry(message.subject, message.payload, message.priority.level());
                    numbered.removeFirst();
                }
            } catch (InterruptedException e) {
                // close() interrupts; next() looks whether it is that
            } catch (Exception e) {
                LOG.debug("Messages to the cloud wait", e);
                pause();
            }
        }
    }

    /** Waits for a carrier and for something to send, which then has its numbers; null when this has been closed. */
    private @Nullable Carrier next(Deque<Waiting> numbered) throws InterruptedException, StoreException {
        List<Waiting> group = new ArrayList<>();
        Carrier to;
        lock.lock();
        try {
            while (!closed && (carrier == null || (size == 0 && numbered.isEmpty()))) {
                changed.await();
            }
            if (closed) {
                return null;
            }
            to = carrier;
            if (numbered.isEmpty()) {
                takeGroup(group);
            }
        } finally {
            lock.unlock();
        }
        if (!group.isEmpty()) {
            try {
                number(group, numbered);
            } catch (StoreException | RuntimeException e) {
                putBack(group);
                throw e;
            }
        }
        return to;
    }

    private void takeGroup(List<Waiting> group) {
        for (Deque<Waiting> queue : waiting.values()) {
            while (!queue.isEmpty() && group.size() < MAX_GROUP) {
                group.add(queue.removeFirst());
                size--;
            }
        }
    }

    private void putBack(List<Waiting> group) {
        lock.lock();
        try {
            for (int i = group.size() - 1; i >= 0; i--) {
                queue(group.get(i).priority).addFirst(group.get(i));
                size++;
            }
        } finally {
            lock.unlock();
        }
    }

    private void number(List<Waiting> group, Deque<Waiting> numbered) throws StoreException {
        if (database == null) {
            database = stores.open("telemetry", Numbering.SCHEMA, Durability.FULL);
        }
        Sequence first;
        try {
            first = new Numbering(database).take(group.size()).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException cause) {
                throw cause;
            }
            throw e;
        }
        for (int i = 0; i < group.size(); i++) {
            Waiting message = group.get(i);
            Sequence number = new Sequence(first.epoch(), first.seq() + i);
            numbered.add(new Waiting(message.subject, number.on(message.payload), message.priority));
        }
    }

    private void pause() {
        lock.lock();
        try {
            if (!closed) {
                changed.await(retry.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            // the loop looks whether this was closed
        } finally {
            lock.unlock();
        }
    }

    private record Waiting(String subject, Payload payload, Priority priority) {}
}
