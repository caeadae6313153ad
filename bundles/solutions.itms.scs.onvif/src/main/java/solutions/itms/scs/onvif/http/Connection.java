package solutions.itms.scs.onvif.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One connection with one request at a time. On the loop's thread alone. */
final class Connection implements NetworkLoop.Ready {
    /** What comes of a request; exactly one of the two, once. */
    interface Listener {
        void answered(HttpResponse response, boolean reusable);

        void failed(HttpFailure failure);
    }

    private final NetworkLoop loop;
    private final SocketChannel channel;
    private final @Nullable TlsLayer tls;
    private final Deque<ByteBuffer> out = new ArrayDeque<>();
    private final Runnable onClose;
    private @Nullable SelectionKey key;
    private @Nullable ByteBuffer waiting;
    private @Nullable ResponseParser parser;
    private @Nullable Listener listener;
    private boolean closed;
    private int served;

    Connection(NetworkLoop loop, InetSocketAddress address, @Nullable SSLEngine engine, Runnable onClose)
            throws IOException {
        this.loop = loop;
        this.onClose = onClose;
        channel = SocketChannel.open();
        try {
            tls = engine == null ? null : new TlsLayer(engine);
            channel.configureBlocking(false);
            channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(address);
            key = loop.register(channel, SelectionKey.OP_CONNECT, this);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** How many answers came over it. */
    int served() {
        return served;
    }

    boolean isClosed() {
        return closed;
    }

    /** Sends a request; there must be none under way. */
    void send(byte[] request, int maxBody, Listener whoever) {
        listener = whoever;
        parser = new ResponseParser(maxBody);
        waiting = ByteBuffer.wrap(request);
        if (channel.isConnected()) {
            guarded(this::flush);
        }
    }

    /** Ends it; a request under way fails with this. */
    void close(HttpFailure why) {
        if (closed) {
            return;
        }
        closed = true;
        if (key != null) {
            key.cancel();
        }
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone either way
        }
        onClose.run();
        Listener told = listener;
        listener = null;
        if (told != null) {
            told.failed(why);
        }
    }

    @Override
    public void abandon() {
        close(new HttpFailure(HttpFailure.Kind.CLOSED, "the connection was ended here"));
    }

    @Override
    public void ready(SelectionKey selected) {
        guarded(() -> {
            if (selected.isConnectable()) {
                try {
                    channel.finishConnect();
                } catch (IOException e) {
                    throw new HttpFailure(HttpFailure.Kind.UNREACHABLE, "nobody answers: " + e.getMessage());
                }
                selected.interestOps(SelectionKey.OP_READ);
                secure();
                flush();
            } else {
                if (selected.isReadable()) {
                    read();
                }
                if (!closed && selected.isValid() && selected.isWritable()) {
                    flush();
                }
            }
        });
    }

    private interface Step {
        void run() throws IOException;
    }

    private void guarded(Step step) {
        try {
            if (!closed) {
                step.run();
            }
        } catch (HttpFailure e) {
            close(e);
        } catch (SSLException e) {
            close(new HttpFailure(HttpFailure.Kind.TLS, "TLS: " + reason(e)));
        } catch (IOException e) {
            close(ended());
        }
    }

    private static String reason(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage() == null ? "could not be agreed on" : deepest.getMessage();
    }

    private HttpFailure ended() {
        return parser != null && parser.begun()
                ? new HttpFailure(HttpFailure.Kind.BROKEN, "the connection broke in the middle of the answer")
                : new HttpFailure(HttpFailure.Kind.NO_ANSWER, "the connection was closed without an answer");
    }

    private void read() throws IOException {
        ByteBuffer buffer = loop.buffer();
        int count = channel.read(buffer);
        if (count < 0) {
            end();
        } else if (tls != null) {
            tls.received(buffer.flip());
            secure();
            flush();
        } else {
            take(buffer.flip());
        }
    }

    private void end() throws HttpFailure {
        if (parser == null || listener == null) {
            close(ended());
            return;
        }
        answer(parser.end());
    }

    private void take(ByteBuffer bytes) throws HttpFailure {
        if (parser == null || listener == null) {
            // it speaks without having been asked
            close(ended());
            return;
        }
        HttpResponse response = parser.feed(bytes);
        if (response != null) {
            answer(response);
        }
    }

    private void answer(HttpResponse response) {
        Listener told = listener;
        boolean reusable = parser != null && parser.reusable();
        listener = null;
        parser = null;
        served++;
        if (!reusable) {
            abandon();
        }
        if (told != null) {
            told.answered(response, reusable);
        }
    }

    /** Lets TLS go on, if there is any. */
    private void secure() throws IOException {
        if (tls == null) {
            return;
        }
        boolean open = tls.go(
                out::add,
                this::decrypted,
                task -> loop.execute(() -> {
                    task.run();
                    loop.run(() -> guarded(() -> {
                        tls.computed();
                        secure();
                        flush();
                    }));
                }));
        if (!open) {
            end();
        }
    }

    private void decrypted(ByteBuffer bytes) {
        guarded(() -> take(bytes));
    }

    private void flush() throws IOException {
        ByteBuffer data = waiting;
        if (data != null && (tls == null || tls.open())) {
            waiting = null;
            if (tls == null) {
                out.add(data);
            } else {
                tls.write(data, out::add);
            }
        }
        while (!out.isEmpty()) {
            channel.write(out.peek());
            if (out.peek().hasRemaining()) {
                break;
            }
            out.poll();
        }
        if (!closed && key != null && key.isValid() && channel.isConnected()) {
            key.interestOps(out.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }
}
