package solutions.itms.scs.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;

/** A socket that notes when it was connected, and when the other end first said something. */
final class WatchedSocket extends Socket {
    private volatile boolean connected;
    private volatile long connectedNanos;
    private volatile boolean heard;
    private volatile Runnable onConnected = () -> {};
    private volatile long heardNanos;

    @Override
    public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
        super.connect(endpoint, timeoutMillis);
        setTcpNoDelay(true);
        connectedNanos = System.nanoTime();
        connected = true;
        onConnected.run();
    }

    /** What to do as soon as it is connected. */
    void onConnected(Runnable then) {
        onConnected = then;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                return note(super.read());
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                return note(super.read(bytes, from, length));
            }
        };
    }

    boolean wasConnected() {
        return connected;
    }

    long connectedNanos() {
        return connectedNanos;
    }

    boolean wasHeard() {
        return heard;
    }

    long heardNanos() {
        return heardNanos;
    }

    /** Ends whatever waits for the other end, at once. */
    void cut() {
        try {
            close();
        } catch (IOException e) {
            // it was broken already
        }
    }

    private int note(int read) {
        if (read >= 0 && !heard) {
            heardNanos = System.nanoTime();
            heard = true;
        }
        return read;
    }
}
