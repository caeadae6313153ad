package solutions.itms.scs.station;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;

/** Answers that need the disk: on threads that may wait, and not too many at the same time. Thread-safe. */
final class DiskWork {
    private static final int AT_ONCE = 4;

    private final Semaphore permits = new Semaphore(AT_ONCE);

    /** Answers one request, and may block. */
    @FunctionalInterface
    interface Task {
        /** @param done to be called once, when the answer no longer needs the disk */
        void run(Runnable done) throws BadRequest, IOException, StationDatabase.NotOpen;
    }

    /** Something that makes the body of an answer, and may block. */
    @FunctionalInterface
    interface Body {
        byte[] make() throws BadRequest, IOException, StationDatabase.NotOpen;
    }

    /** Answers with a body. */
    void answer(Exchange exchange, Body body) {
        run(exchange, done -> {
            byte[] bytes = body.make();
            done.run();
            exchange.answer(200, bytes);
        });
    }

    /** Lets the task answer. */
    void run(Exchange exchange, Task task) {
        if (!permits.tryAcquire()) {
            exchange.header(HttpHeader.RETRY_AFTER, "1");
            exchange.refuse(429, "rate limited");
            return;
        }
        Runnable done = new Once(permits::release);
        exchange.request().getComponents().getExecutor().execute(() -> {
            try {
                task.run(done);
            } catch (BadRequest e) {
                done.run();
                exchange.refuse(e);
            } catch (IOException | StationDatabase.NotOpen | RuntimeException e) {
                done.run();
                exchange.fail(e);
            }
        });
    }

    private static final class Once implements Runnable {
        private final AtomicBoolean ran = new AtomicBoolean();
        private final Runnable task;

        Once(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!ran.getAndSet(true)) {
                task.run();
            }
        }
    }
}
