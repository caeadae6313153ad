package solutions.itms.scs.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A line that breaks after so many bytes, and counts what went to the server. */
final class CuttingProxy implements AutoCloseable {
    private static final int BLOCK = 16 * 1024;

    private final ServerSocket listening;
    private final int target;
    private final AtomicLong sent = new AtomicLong();
    private final Queue<Long> cuts = new PriorityBlockingQueue<>();
    private final BlockingQueue<Long> done = new LinkedBlockingQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    CuttingProxy(int target) throws IOException {
        this.target = target;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Breaks every connection when so many bytes have gone to the server. */
    void cutAt(long bytes) {
        cuts.add(bytes);
    }

    /** Takes each cut that has happened. */
    BlockingQueue<Long> done() {
        return done;
    }

    long sent() {
        return sent.get();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }

    private void cut() {
        for (Socket socket : open) {
            try {
                // as a line does: what is under way is gone
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException e) {
                // closed already
            }
            open.remove(socket);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket near = listening.accept();
                try {
                    Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                    open.add(near);
                    open.add(far);
                    start(() -> pump(near, far, true));
                    start(() -> pump(far, near, false));
                } catch (IOException e) {
                    near.close();
                }
            } catch (IOException e) {
                // closed, or a client that has gone
            }
        }
    }

    private void pump(Socket from, Socket to, boolean counted) {
        byte[] block = new byte[BLOCK];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                out.write(block, 0, count);
                Long next = cuts.peek();
                if (counted && sent.addAndGet(count) >= (next == null ? Long.MAX_VALUE : next) && cuts.remove(next)) {
                    cut();
                    done.add(next);
                }
            }
        } catch (IOException e) {
            // cut
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
