package solutions.itms.scs.cloud.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP line to the broker that can be cut, or made deaf in one direction without being closed. */
final class Proxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Semaphore toBroker = new Semaphore(1);
    private final Semaphore fromBroker = new Semaphore(1);
    private final int target;
    private volatile boolean refusing;
    private final AtomicInteger accepted = new AtomicInteger();

    Proxy(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    String url() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /** How many connections there were. */
    int accepted() {
        return accepted.get();
    }

    /** From now on closes new connections at once, or does so no more. */
    void refuse(boolean refuse) {
        refusing = refuse;
    }

    /** Closes all connections. */
    void cut() {
        sockets.forEach(Proxy::close);
        sockets.clear();
    }

    /** Holds back what the broker says. */
    void holdAnswers() {
        fromBroker.acquireUninterruptibly();
    }

    void releaseAnswers() {
        fromBroker.release();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                accepted.incrementAndGet();
                if (refusing) {
                    client.close();
                    continue;
                }
                connect(client);
            }
        } catch (IOException e) {
            cut();
        }
    }

    private void connect(Socket client) {
        try {
            Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(client);
            sockets.add(broker);
            start(() -> copy(client, broker, toBroker));
            start(() -> copy(broker, client, fromBroker));
        } catch (IOException e) {
            // the broker is away
            close(client);
        }
    }

    private static void copy(Socket from, Socket to, Semaphore open) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                open.acquireUninterruptibly();
                open.release();
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // cut
        }
        close(from);
        close(to);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed already
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
