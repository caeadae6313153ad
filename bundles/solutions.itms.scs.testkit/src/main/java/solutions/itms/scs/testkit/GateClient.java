package solutions.itms.scs.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Sends the requests of many gates with one thread: each over a connection of its own, as most firmware does, and without
 * memory for those that wait. Thread-safe.
 */
final class GateClient implements AutoCloseable {
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long TICK_MILLIS = 50;
    private static final int MAX_CONNECTIONS = 2_000;
    private static final int MAX_ANSWER = 16 * 1024;

    private final InetSocketAddress station;
    private final Selector selector;
    private final Queue<Exchange> submitted = new ConcurrentLinkedQueue<>();
    private final Queue<Exchange> waiting = new ArrayDeque<>();
    private final List<Exchange> open = new ArrayList<>();
    private final ByteBuffer input = ByteBuffer.allocate(8 * 1024);
    private final Thread thread = new Thread(this::run, "testkit-gate-client");
    private volatile boolean closing;

    GateClient(String host, int port) {
        station = new InetSocketAddress(host, port);
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * An answer.
     *
     * @param status of HTTP; 0 when nothing complete was sent
     */
    record Answer(int status, String body) {}

    /** How a request is sent. */
    enum Manner {
        /** At once. */
        WHOLE,
        /** A byte each 50 ms. */
        SLOW,
        /** Half of it; the connection stays open as long as the station lets it. */
        HALF
    }

    /** Sends a request that asks the station to close the connection; completes with its answer, or with an error. */
    CompletableFuture<Answer> send(String request, Manner manner) {
        Exchange exchange = new Exchange(request.getBytes(StandardCharsets.UTF_8), manner);
        submitted.add(exchange);
        selector.wakeup();
        return exchange.answer;
    }

    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }

    private void run() {
        while (!closing) {
            try {
                selector.select(key -> ((Exchange) key.attachment()).go(key), TICK_MILLIS);
                tick(System.nanoTime());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        open.forEach(exchange -> exchange.end(new IOException("closed")));
        waiting.forEach(exchange -> exchange.end(new IOException("closed")));
        submitted.forEach(exchange -> exchange.end(new IOException("closed")));
    }

    private void tick(long now) {
        open.removeIf(exchange -> exchange.isOver(now));
        for (Exchange next = submitted.poll(); next != null; next = submitted.poll()) {
            waiting.add(next);
        }
        while (!waiting.isEmpty() && open.size() < MAX_CONNECTIONS) {
            Exchange next = waiting.remove();
            if (next.begin(now)) {
                open.add(next);
            }
        }
    }

    /** One request and its answer; used by the client's thread. */
    private final class Exchange {
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private final ByteBuffer request;
        private final Manner manner;
        private final StringBuilder text = new StringBuilder();
        private SocketChannel channel;
        private long begunNanos;
        private long lastByteNanos;

        @SuppressWarnings("NullAway.Init")
        Exchange(byte[] request, Manner manner) {
            this.request = ByteBuffer.wrap(request, 0, manner == Manner.HALF ? request.length / 2 : request.length);
            this.manner = manner;
        }

        boolean begin(long now) {
            begunNanos = now;
            try {
                channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(station);
                channel.register(selector, SelectionKey.OP_CONNECT, this);
                return true;
            } catch (IOException e) {
                end(e);
                return false;
            }
        }

        void go(SelectionKey key) {
            try {
                if (key.isConnectable() && channel.finishConnect()) {
                    key.interestOps(manner == Manner.WHOLE ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                } else if (key.isWritable()) {
                    channel.write(request);
                    key.interestOps(request.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                } else if (key.isReadable()) {
                    read();
                }
            } catch (IOException e) {
                end(e);
            }
        }

        private void read() throws IOException {
            input.clear();
            int length = channel.read(input);
            if (length < 0) {
                finish();
            } else if (text.length() < MAX_ANSWER) {
                text.append(new String(input.array(), 0, length, StandardCharsets.UTF_8));
            }
        }

        private void finish() {
            if (manner == Manner.HALF) {
                answer.complete(new Answer(0, ""));
            }
            if (text.length() < 12) {
                end(new IOException("no answer"));
                return;
            }
            int body = text.indexOf("\r\n\r\n");
            answer.complete(
                    new Answer(Integer.parseInt(text.substring(9, 12)), body < 0 ? "" : text.substring(body + 4)));
            close();
        }

        boolean isOver(long now) {
            if (!channel.isOpen()) {
                return true;
            }
            boolean late = now - begunNanos > (manner == Manner.WHOLE ? 1 : 12) * TIMEOUT_NANOS;
            if (late) {
                end(new IOException("no answer in time"));
            } else if (manner != Manner.WHOLE
                    && channel.isConnected()
                    && now - lastByteNanos >= TICK_MILLIS * 1_000_000) {
                lastByteNanos = now;
                dribble();
            }
            return late;
        }

        private void dribble() {
            try {
                if (manner == Manner.HALF) {
                    channel.write(request);
                    answer.complete(new Answer(0, ""));
                } else if (request.hasRemaining()) {
                    ByteBuffer one = request.slice(request.position(), 1);
                    request.position(request.position() + channel.write(one));
                }
            } catch (IOException e) {
                end(e);
            }
        }

        void end(IOException failure) {
            answer.completeExceptionally(failure);
            close();
        }

        private void close() {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                // it is gone either way
            }
        }
    }
}
