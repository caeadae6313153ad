package solutions.itms.scs.media.rtsp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** TCP. Reads without waiting as long as there is something: a selector is asked only when there is not. */
final class PlainWire implements Wire {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final long writeMillis;

    private PlainWire(SocketChannel channel, Selector selector, SelectionKey key, long millis) {
        this.channel = channel;
        this.selector = selector;
        this.key = key;
        writeMillis = millis;
    }

    /**
     * Connects.
     *
     * @param millis how long that may take, and later each writing
     */
    static PlainWire connect(String host, int port, long millis) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            PlainWire wire = new PlainWire(channel, selector, key, millis);
            if (!channel.connect(address)) {
                wire.await(SelectionKey.OP_CONNECT, millis, "no connection to ");
                channel.finishConnect();
            }
            return wire;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public int read(ByteBuffer into, long millis) throws IOException {
        int count = channel.read(into);
        if (count != 0 || millis <= 0) {
            return count;
        }
        return select(SelectionKey.OP_READ, millis) ? channel.read(into) : 0;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE, writeMillis, "nothing is taken by ");
            }
        }
    }

    private void await(int what, long millis, String failure) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!select(what, Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())))) {
            if (System.nanoTime() - end >= 0) {
                throw new IOException(failure + "the server within " + millis + " ms");
            }
        }
    }

    private boolean select(int what, long millis) throws IOException {
        key.interestOps(what);
        selector.select(millis);
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        return (key.readyOps() & what) != 0;
    }

    @Override
    public void close() {
        try (selector) {
            channel.close();
        } catch (IOException e) {
            // it is of no use any more in any case
        }
    }
}
