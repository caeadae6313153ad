package solutions.itms.scs.artifact;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solutions.itms.scs.api.artifact.ArtifactDraft;
import solutions.itms.scs.api.artifact.ArtifactException;
import solutions.itms.scs.api.artifact.ArtifactInfo;
import solutions.itms.scs.api.artifact.ArtifactUploader;
import solutions.itms.scs.message.command.SignedRequests;
import solutions.itms.scs.store.StoreException;

/**
 * Uploads what is in the spool, a few files at a time: the small ones first, but none waits for ever. A file stays in the
 * spool until the server has confirmed it whole. Thread-safe.
 */
final class SpoolingUploader implements ArtifactUploader, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolingUploader.class);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int QUARTER = 25;
    private static final long JOIN_MILLIS = 5_000;
    private static final long IDLE_NANOS = 1_000_000_000L;

    private final Spool spool;
    private final Supplier<Optional<SignedRequests>> access;
    private final BiConsumer<String, Map<String, Object>> events;
    private final Clock clock;
    private final Duration firstPause;
    private final Duration longestPause;
    private final Pace pace;
    private final Line line = new Line();
    private final HttpClient http = ArtifactServer.client();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<String, Upload> active = new HashMap<>();
    private final Map<String, Pause> pauses = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile Settings settings;
    private boolean closed;

    /** When a file is tried again. */
    private record Pause(long untilNanos, Duration length) {}

    /**
     * @param access makes signed requests; empty while there is no server
     * @param events takes what people should hear of
     * @param firstPause after an upload that failed; doubled with each up to the longest
     */
    SpoolingUploader(
            Spool spool,
            Supplier<Optional<SignedRequests>> access,
            BiConsumer<String, Map<String, Object>> events,
            Clock clock,
            Duration firstPause,
            Duration longestPause,
            Settings settings) {
        this.spool = spool;
        this.access = access;
        this.events = events;
        this.clock = clock;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.settings = settings;
        this.pace = new Pace(settings.bytesPerSecond(), System::nanoTime);
    }

    void start() {
        configure(settings);
    }

    /** Uses these from now on; what is on its way goes on. */
    synchronized void configure(Settings next) {
        settings = next;
        pace.limit(next.bytesPerSecond());
        while (threads.size() < next.parallel()) {
            int number = threads.size() + 1;
            Thread thread = new Thread(() -> work(number), "scs-artifact-" + number);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    @Override
    public ArtifactDraft draft(ArtifactInfo info) throws ArtifactException {
        return spool.draft(info, this::wake);
    }

    @Override
    public void cancel(String command) {
        try {
            for (SpooledFile file : spool.all()) {
                if (command.equals(file.command())) {
                    cancel(file);
                }
            }
        } catch (StoreException e) {
            LOG.warn("The files of a cancelled command can't be given up now: {}", e.getMessage());
        }
    }

    private void cancel(SpooledFile file) throws StoreException {
        lock.lock();
        try {
            Upload upload = active.get(file.id());
            if (upload != null) {
                upload.stop();
            }
        } finally {
            lock.unlock();
        }
        if (spool.remove(file)) {
            tell(file, "cancelled", Map.of());
            access.get().ifPresent(requests -> cancelThere(requests, file));
        }
    }

    /** The server gives it up by itself when this does not reach it. */
    private void cancelThere(SignedRequests requests, SpooledFile file) {
        try {
            new ArtifactServer(http, requests, pace).cancel(file);
        } catch (IOException e) {
            LOG.debug("The server does not know yet that a file was given up", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tries at once what waits. */
    void wake() {
        lock.lock();
        try {
            pauses.clear();
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public synchronized void close() throws InterruptedException {
        lock.lock();
        try {
            closed = true;
            active.values().forEach(Upload::stop);
            news.signalAll();
        } finally {
            lock.unlock();
        }
        for (Thread thread : threads) {
            thread.interrupt();
        }
        for (Thread thread : threads) {
            thread.join(JOIN_MILLIS);
        }
        spool.close();
    }

    /** @param number threads with a higher one than there may be uploads have nothing to do */
    private void work(int number) {
        while (true) {
            try {
                Turn turn = next(number);
                if (turn == null) {
                    return;
                }
                try {
                    SignedRequests requests = access.get().orElse(null);
                    if (requests == null) {
                        later(turn.file());
                    } else {
                        upload(new ArtifactServer(http, requests, pace), turn);
                    }
                } finally {
                    done(turn.file());
                }
            } catch (InterruptedException e) {
                // closed, which next() looks for
            } catch (StoreException e) {
                LOG.debug("The list of files can't be read or written now", e);
            } catch (RuntimeException e) {
                LOG.error("An upload failed by a fault", e);
            }
        }
    }

    private record Turn(SpooledFile file, Upload upload) {}

    /** The next file to upload; waits for one. Null when this is closed. */
    private @Nullable Turn next(int number) throws InterruptedException, StoreException {
        lock.lock();
        try {
            while (!closed) {
                SpooledFile file = number > settings.parallel() ? null : choose();
                if (file != null) {
                    Upload upload = new Upload(line);
                    active.put(file.id(), upload);
                    return new Turn(file, upload);
                }
                long unused = news.awaitNanos(Math.min(IDLE_NANOS, firstPause.toNanos()));
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable SpooledFile choose() throws StoreException {
        long nanos = System.nanoTime();
        long now = clock.millis();
        List<SpooledFile> waiting = new ArrayList<>();
        for (SpooledFile file : spool.all()) {
            Pause pause = pauses.get(file.id());
            if (now - file.createdAt() > settings.keep().toMillis() && !active.containsKey(file.id())) {
                lose(file, "expired");
            } else if (!active.containsKey(file.id()) && (pause == null || nanos - pause.untilNanos() >= 0)) {
                waiting.add(file);
            }
        }
        if (waiting.isEmpty()) {
            return null;
        }
        SpooledFile oldest = waiting.get(0);
        boolean oldestGoes =
                active.isEmpty() && now - oldest.createdAt() > LONG.toMillis() && pauses.get(oldest.id()) == null;
        return oldestGoes
                ? oldest
                : waiting.stream()
                        .min(Comparator.comparingLong(SpooledFile::size).thenComparing(SpooledFile::position))
                        .orElseThrow();
    }

    private void upload(ArtifactServer server, Turn turn) throws InterruptedException, StoreException {
        SpooledFile file = turn.file();
        Progress progress = new Progress(file);
        try {
            Upload.End end = turn.upload().run(server, file, spool.path(file), progress::reached);
            switch (end.kind()) {
                case DONE -> {
                    if (spool.remove(file)) {
                        tell(file, "uploaded", Map.of());
                    }
                }
                case REFUSED -> {
                    LOG.warn("The server refuses the file {}: {}", file.name(), end.code());
                    lose(file, end.code());
                }
                case LATER -> later(file);
            }
        } catch (IOException e) {
            LOG.debug("An upload broke off and goes on later", e);
            if (!turn.upload().isStopped()) {
                later(file);
            }
        }
    }

    private void lose(SpooledFile file, String reason) throws StoreException {
        if (spool.remove(file)) {
            tell(file, "lost", Map.of("reason", reason));
        }
    }

    private void later(SpooledFile file) {
        lock.lock();
        try {
            Pause before = pauses.get(file.id());
            Duration length = before == null ? firstPause : before.length().multipliedBy(2);
            Duration limited = length.compareTo(longestPause) < 0 ? length : longestPause;
            pauses.put(file.id(), new Pause(System.nanoTime() + limited.toNanos(), limited));
        } finally {
            lock.unlock();
        }
    }

    private void done(SpooledFile file) throws StoreException {
        boolean gone = spool.find(file.id()).isEmpty();
        lock.lock();
        try {
            active.remove(file.id());
            if (gone) {
                pauses.remove(file.id());
            }
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void tell(SpooledFile file, String what, Map<String, Object> more) {
        Map<String, Object> metrics = new LinkedHashMap<>(more);
        metrics.put("artifact", file.id());
        metrics.put("state", what);
        metrics.put("size", file.size());
        if (file.command() != null) {
            metrics.put("command", file.command());
        }
        events.accept("artifact", metrics);
    }

    /** Tells of each quarter of a file, once. */
    private final class Progress {
        private final SpooledFile file;
        private long told;

        Progress(SpooledFile file) {
            this.file = file;
        }

        void reached(long offset) {
            lock.lock();
            try {
                // the line works: the next failure is a new one
                pauses.remove(file.id());
            } finally {
                lock.unlock();
            }
            long quarter = file.size() == 0 ? 100 : offset * 100 / file.size() / QUARTER * QUARTER;
            if (quarter > told && quarter < 100) {
                told = quarter;
                tell(file, "uploading", Map.of("percent", quarter));
            }
        }
    }
}
