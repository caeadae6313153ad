package solutions.itms.scs.cloud.mqtt;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.cloud.mqtt.outbox.Message;
import solutions.itms.scs.cloud.mqtt.outbox.OutboxException;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.Payloads;
import solutions.itms.scs.message.Topics;

/**
 * Hands requests from the cloud to those who answer them. Every request whose ids are known gets exactly one answer: the
 * handler's, or why there is none. A few requests are worked on at a time, some wait, and the rest are told that the
 * gateway is busy. Thread-safe.
 */
final class RequestDesk implements AutoCloseable {
    /** Answers requests of one application. */
    interface Handler {
        /**
         * @param method one of {@link #METHODS}
         * @param resource levels of the topic behind the method
         */
        Payload answer(String method, List<String> resource, Payload request)
                throws Requests.RequestException, InterruptedException;
    }

    /** Takes an answer that is to be sent. */
    interface Out {
        void send(Message message) throws OutboxException;
    }

    static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DEL", "EXEC");

    private static final Logger LOG = LoggerFactory.getLogger(RequestDesk.class);
    private static final int THREADS = 4;
    private static final int MAX_WAITING = 200;
    private static final int MAX_ANSWERS = 20_000;
    private static final long MAX_WAITING_BYTES = 32L * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ThreadPoolExecutor workers = Threads.pool("scs-cloud-mqtt-requests", THREADS, MAX_WAITING);
    private final ThreadPoolExecutor answers = Threads.bounded("scs-cloud-mqtt-answers", MAX_ANSWERS);
    private final ScheduledThreadPoolExecutor timer = Threads.scheduler("scs-cloud-mqtt-timeouts");
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong unanswerable = new AtomicLong();
    private final Out out;
    private final Supplier<Duration> timeout;

    RequestDesk(Out out, Supplier<Duration> timeout) {
        this.out = out;
        this.timeout = timeout;
    }

    /** From now on requests of the application go there; whether that is a new application. */
    boolean register(String appId, Handler handler) {
        return handlers.put(appId, handler) == null;
    }

    /** Whether it was registered. */
    boolean unregister(String appId) {
        return handlers.remove(appId) != null;
    }

    /** Takes a message from the control topics of a registered application; never blocks. */
    void accept(String topic, byte[] bytes) {
        Topics parts = Topics.parse(topic).orElse(null);
        if (parts == null || parts.path().isEmpty()) {
            return;
        }
        Payload request;
        try {
            request = Payloads.decode(bytes);
        } catch (MalformedPayloadException e) {
            cannotAnswer(topic, String.valueOf(e.getMessage()));
            return;
        }
        Optional<Requests.Ids> ids = Requests.ids(request);
        String method = parts.path().get(0).toUpperCase(Locale.ROOT);
        if (ids.isPresent()) {
            begin(new Request(parts, method, request, ids.get(), bytes.length));
        } else if (METHODS.contains(method)) {
            cannotAnswer(topic, "request.id or requester.client.id is missing, or can't be a level of a topic");
        }
    }

    /** Requests that had no usable ids. */
    long unanswerable() {
        return unanswerable.get();
    }

    private void cannotAnswer(String topic, String why) {
        if (Long.bitCount(unanswerable.incrementAndGet()) == 1) {
            LOG.warn("{} requests could not be answered, the last one on {}: {}", unanswerable, topic, why);
        }
    }

    private void begin(Request request) {
        Handler handler = handlers.get(request.parts.appId());
        if (handler == null || !METHODS.contains(request.method)) {
            request.fail(Requests.NOT_FOUND, "nobody answers " + request.method + " of " + request.parts.appId());
        } else if (waitingBytes.addAndGet(request.size) > MAX_WAITING_BYTES + request.size) {
            waitingBytes.addAndGet(-request.size);
            request.fail(Requests.ERROR, "the gateway is busy; try again later");
        } else {
            hand(request, handler);
        }
    }

    private void hand(Request request, Handler handler) {
        try {
            Future<?> work = workers.submit(() -> {
                waitingBytes.addAndGet(-request.size);
                request.work(handler);
            });
            Duration patience = timeout.get();
            request.watch = timer.schedule(
                    () -> {
                        request.fail(Requests.ERROR, "no answer within " + patience.toSeconds() + " s");
                        work.cancel(true);
                    },
                    patience.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            waitingBytes.addAndGet(-request.size);
            request.fail(Requests.ERROR, "the gateway is busy; try again later");
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
        Closing.stop(workers, PATIENCE);
        Closing.stop(answers, PATIENCE);
    }

    /** One request and its one answer. */
    private final class Request {
        private final Topics parts;
        private final String method;
        private final Payload payload;
        private final Requests.Ids ids;
        private final long size;
        private final AtomicBoolean answered = new AtomicBoolean();
        private volatile @org.jspecify.annotations.Nullable Future<?> watch;

        Request(Topics parts, String method, Payload payload, Requests.Ids ids, long size) {
            this.parts = parts;
            this.method = method;
            this.payload = payload;
            this.ids = ids;
            this.size = size;
        }

        void work(Handler handler) {
            if (answered.get()) {
                return;
            }
            try {
                List<String> resource = parts.path().subList(1, parts.path().size());
                answer(handler.answer(method, resource, payload));
            } catch (Requests.RequestException e) {
                fail(e.code(), String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                fail(Requests.ERROR, "interrupted");
            } catch (RuntimeException | LinkageError e) {
                LOG.error("{} of {} failed", method, parts.appId(), e);
                fail(Requests.ERROR, String.valueOf(e));
            }
        }

        void fail(int code, String message) {
            answer(Requests.failure(code, message));
        }

        private void answer(Payload answer) {
            if (!answered.compareAndSet(false, true)) {
                return;
            }
            Future<?> watching = watch;
            if (watching != null) {
                watching.cancel(false);
            }
            try {
                answers.execute(() -> send(answer));
            } catch (RejectedExecutionException e) {
                cannotAnswer(parts.appId(), "too many answers wait to be sent");
            }
        }

        private void send(Payload answer) {
            try {
                out.send(Requests.answer(parts.appId(), ids, answer));
            } catch (OutboxException | RuntimeException e) {
                cannotAnswer(parts.appId(), String.valueOf(e.getMessage()));
            }
        }
    }
}
