package solutions.itms.scs.testkit.camera;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Any number of simulated cameras, each with a port of its own at 127.0.0.1, on one thread. Thread-safe. */
public final class CameraSite implements AutoCloseable {
    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Due> timers = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private final List<SimulatedCamera> cameras = new CopyOnWriteArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean closed;

    private record Due(long at, Runnable task) {}

    /** Starts the thread. */
    public CameraSite() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(this::run, "camera-site");
        thread.setDaemon(true);
        thread.start();
    }

    /** A new camera without faults, with user admin and password secret. */
    public SimulatedCamera camera() {
        return camera(0);
    }

    /** The same at a port that is chosen; 0 for any. */
    public SimulatedCamera camera(int chosen) {
        try {
            ServerSocketChannel server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), chosen), 1_000);
            server.configureBlocking(false);
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            SimulatedCamera camera = new SimulatedCamera(this, port, cameras.size() + 1);
            cameras.add(camera);
            execute(() -> {
                try {
                    server.register(selector, SelectionKey.OP_ACCEPT, camera);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            return camera;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connections that are open now. */
    public int openConnections() {
        return open.get();
    }

    /** Ends all cameras. @throws AssertionError when any of them was sent something that the standard does not allow */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<String> problems = cameras.stream()
                .flatMap(camera -> camera.problems().stream())
                .distinct()
                .toList();
        if (!problems.isEmpty()) {
            throw new AssertionError("simulated devices were sent what is wrong: " + problems);
        }
    }

    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    void after(long millis, Runnable task) {
        long at = System.nanoTime() + millis * 1_000_000;
        execute(() -> timers.add(new Due(at, task)));
    }

    private void run() {
        while (!closed) {
            try {
                Due next = timers.peek();
                long wait = next == null ? 0 : Math.max(1, (next.at() - System.nanoTime() + 999_999) / 1_000_000);
                selector.select(this::ready, wait);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                while (!timers.isEmpty() && timers.peek().at() <= System.nanoTime()) {
                    timers.poll().task().run();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        for (SelectionKey key : selector.keys()) {
            closeQuietly(key);
        }
        closeQuietly(selector);
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept(key);
            } else {
                HttpPeer peer = (HttpPeer) key.attachment();
                if (key.isReadable()) {
                    read(peer, key);
                }
                if (key.isValid() && key.isWritable()) {
                    peer.flush();
                }
            }
        } catch (IOException | CancelledKeyException e) {
            if (key.attachment() instanceof HttpPeer peer) {
                peer.close();
            }
        }
    }

    private void accept(SelectionKey key) throws IOException {
        SimulatedCamera camera = (SimulatedCamera) key.attachment();
        for (SocketChannel channel = accepted(key); channel != null; channel = accepted(key)) {
            channel.configureBlocking(false);
            channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
            HttpPeer peer = new HttpPeer(this, camera, channel, open::decrementAndGet);
            open.incrementAndGet();
            peer.key = channel.register(selector, SelectionKey.OP_READ, peer);
            camera.connected(peer);
        }
    }

    private static SocketChannel accepted(SelectionKey key) throws IOException {
        return ((ServerSocketChannel) key.channel()).accept();
    }

    private void read(HttpPeer peer, SelectionKey key) throws IOException {
        buffer.clear();
        int count = ((SocketChannel) key.channel()).read(buffer);
        if (count < 0) {
            peer.close();
        } else {
            peer.received(buffer.flip());
        }
    }

    private static void closeQuietly(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            // it is the end
        }
    }

    private static void closeQuietly(Selector selector) {
        try {
            selector.close();
        } catch (IOException e) {
            // it is the end
        }
    }

    /** All cameras, in the order in which they were made. */
    public List<SimulatedCamera> cameras() {
        return new ArrayList<>(cameras);
    }
}
