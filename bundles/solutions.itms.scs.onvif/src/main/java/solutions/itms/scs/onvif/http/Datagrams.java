package solutions.itms.scs.onvif.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.function.BiConsumer;

/** A UDP socket on the loop. Thread-safe. */
public final class Datagrams implements AutoCloseable, NetworkLoop.Ready {
    private final NetworkLoop loop;
    private final DatagramChannel channel;
    private final BiConsumer<InetSocketAddress, byte[]> received;

    private Datagrams(NetworkLoop loop, DatagramChannel channel, BiConsumer<InetSocketAddress, byte[]> received) {
        this.loop = loop;
        this.channel = channel;
        this.received = received;
    }

    /**
     * Opens one for IPv4.
     *
     * @param local where it is bound; port 0 for any
     * @param received told every datagram with its sender, on one of the loop's workers
     */
    public static Datagrams open(
            NetworkLoop loop, InetSocketAddress local, BiConsumer<InetSocketAddress, byte[]> received)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(local);
            channel.configureBlocking(false);
            Datagrams socket = new Datagrams(loop, channel, received);
            loop.run(socket::register);
            return socket;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Takes what is sent to a group on an interface. */
    public void join(InetAddress group, NetworkInterface on) throws IOException {
        channel.join(group, on);
    }

    /** Multicasts leave by this interface. */
    public void leaveBy(NetworkInterface out) throws IOException {
        channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, out);
    }

    /** Sends, or drops it when the network does not take it now. */
    public void send(byte[] bytes, InetSocketAddress to) throws IOException {
        channel.send(ByteBuffer.wrap(bytes), to);
    }

    /** The port it has. */
    public int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // gone either way
        }
    }

    @Override
    public void abandon() {
        close();
    }

    @Override
    public void ready(SelectionKey key) {
        try {
            for (int i = 0; i < 64; i++) {
                ByteBuffer buffer = loop.buffer();
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
                if (from == null) {
                    return;
                }
                byte[] bytes = new byte[buffer.flip().remaining()];
                buffer.get(bytes);
                loop.execute(() -> received.accept(from, bytes));
            }
        } catch (IOException e) {
            // an answer of the network to what was sent, or closed
        }
    }

    private void register() {
        try {
            loop.register(channel, SelectionKey.OP_READ, this);
        } catch (IOException | RuntimeException e) {
            close();
        }
    }
}
