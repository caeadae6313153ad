package solutions.itms.scs.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Sends what an {@link HttpFuzzer} makes to a station on this host, over several connections at once. */
public final class FuzzRun {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MAX_KEPT = 20;

    private final InetSocketAddress station;
    private final AtomicLong left;
    private final LongAdder unanswered = new LongAdder();
    private final LongAdder hung = new LongAdder();
    private final Map<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();
    private final ConcurrentLinkedQueue<String> bad = new ConcurrentLinkedQueue<>();

    /** @param requests how many inputs to send in all */
    public FuzzRun(int port, long requests) {
        this.station = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.left = new AtomicLong(requests);
    }

    /** Sends everything; blocks until that is done. */
    public void run(int threads, long seed) throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            HttpFuzzer fuzzer = new HttpFuzzer(seed * 1_000 + i);
            Thread worker = new Thread(() -> work(fuzzer), "testkit-fuzzer-" + i);
            worker.setDaemon(true);
            worker.start();
            workers.add(worker);
        }
        for (Thread worker : workers) {
            worker.join();
        }
    }

    /** How many answers of each status there were. */
    public Map<Integer, Long> statuses() {
        Map<Integer, Long> counts = new ConcurrentSkipListMap<>();
        statuses.forEach((status, count) -> counts.put(status, count.sum()));
        return counts;
    }

    /** Inputs whose connection was closed without an answer. */
    public long unanswered() {
        return unanswered.sum();
    }

    /** Inputs that were neither answered nor had their connection closed for ten seconds. */
    public long hung() {
        return hung.sum();
    }

    /** The first answers that are faults of the station, each with its input. */
    public List<String> bad() {
        return List.copyOf(bad);
    }

    private void work(HttpFuzzer fuzzer) {
        Connection kept = null;
        while (left.getAndDecrement() > 0) {
            HttpFuzzer.Input input = fuzzer.next();
            try {
                if (input.whole()) {
                    kept = kept == null ? new Connection(station) : kept;
                    kept = whole(kept, input) ? kept : null;
                } else {
                    pieces(input);
                }
            } catch (SocketTimeoutException e) {
                hung.increment();
                kept = null;
            } catch (IOException e) {
                unanswered.increment();
                kept = null;
            }
        }
        if (kept != null) {
            kept.close();
        }
    }

    private boolean whole(Connection connection, HttpFuzzer.Input input) throws IOException {
        boolean goesOn = false;
        try {
            connection.send(input.bytes());
            Answer answer = connection.answer(isHead(input));
            if (answer == null) {
                unanswered.increment();
            } else {
                note(answer, input);
                goesOn = !answer.closes();
            }
            return goesOn;
        } finally {
            if (!goesOn) {
                connection.close();
            }
        }
    }

    private void pieces(HttpFuzzer.Input input) throws IOException {
        try (Connection connection = new Connection(station)) {
            connection.send(input.bytes());
            connection.socket.shutdownOutput();
            Answer answer = connection.answer(isHead(input));
            if (answer == null) {
                unanswered.increment();
            }
            while (answer != null) {
                note(answer, input);
                answer = answer.closes() ? null : connection.answer(true);
            }
        }
    }

    private void note(Answer answer, HttpFuzzer.Input input) {
        statuses.computeIfAbsent(answer.status(), status -> new LongAdder()).increment();
        if (isFault(answer) && bad.size() < MAX_KEPT) {
            bad.add(answer.status() + " " + answer.body() + " to "
                    + new String(input.bytes(), StandardCharsets.ISO_8859_1));
        }
    }

    /** A version or transfer coding that is not known, and a limit that says so, are no faults. */
    private static boolean isFault(Answer answer) {
        boolean limit = answer.status() == 503 && answer.body().contains("too many devices");
        return answer.status() >= 500 && answer.status() != 501 && answer.status() != 505 && !limit;
    }

    private static boolean isHead(HttpFuzzer.Input input) {
        return input.bytes().length > 4 && new String(input.bytes(), 0, 4, StandardCharsets.ISO_8859_1).equals("HEAD");
    }

    private record Answer(int status, String body, boolean closes) {}

    private static final class Connection implements AutoCloseable {
        private final Socket socket = new Socket();
        private final InputStream in;

        Connection(InetSocketAddress station) throws IOException {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            // no port is to wait for its last packets: there are not enough of them
            socket.setSoLinger(true, 0);
            socket.connect(station, TIMEOUT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream(), 4_096);
        }

        void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        /** The next answer; null at the end. With unknown bodies what looks like a further answer counts as one. */
        @Nullable
        Answer answer(boolean bodyUnknown) throws IOException {
            String line = line();
            while (line != null && !line.startsWith("HTTP/1.")) {
                line = line();
            }
            if (line == null) {
                return null;
            }
            int status = Integer.parseInt(line.substring(9, 12));
            int length = 0;
            boolean closes = false;
            for (String header = line(); header != null && !header.isEmpty(); header = line()) {
                String lower = header.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(lower.substring(15).strip());
                }
                closes |= lower.startsWith("connection:") && lower.contains("close");
            }
            if (status == 100) {
                return answer(bodyUnknown);
            }
            String body = bodyUnknown ? "" : new String(in.readNBytes(length), StandardCharsets.UTF_8);
            return new Answer(status, body, closes);
        }

        private @Nullable String line() throws IOException {
            StringBuilder line = new StringBuilder();
            int c = in.read();
            while (c >= 0 && c != '\n') {
                if (c != '\r') {
                    line.append((char) c);
                }
                c = in.read();
            }
            return c < 0 && line.isEmpty() ? null : line.toString();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                // it is gone either way
            }
        }
    }
}
