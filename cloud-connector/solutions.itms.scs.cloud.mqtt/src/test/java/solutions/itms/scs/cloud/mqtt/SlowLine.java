package solutions.itms.scs.cloud.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** A TCP line to the broker that carries everything, half a round trip late in each direction. */
final class SlowLine implements AutoCloseable {
    private record Chunk(byte[] bytes, long dueNanos) {}

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final long delayNanos;

    SlowLine(int target, Duration roundTrip) throws IOException {
        this.target = target;
        this.delayNanos = roundTrip.toNanos() / 2;
        start(this::accept);
    }

    String url() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            carry(client, broker);
            carry(broker, client);
        }
    }

    private void carry(Socket from, Socket to) {
        BlockingQueue<Chunk> line = new LinkedBlockingQueue<>();
        start(() -> {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[64 * 1024];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                line.add(new Chunk(Arrays.copyOf(buffer, n), System.nanoTime() + delayNanos));
            }
            line.add(new Chunk(new byte[0], System.nanoTime() + delayNanos));
        });
        start(() -> {
            OutputStream out = to.getOutputStream();
            for (Chunk chunk = line.take(); chunk.bytes.length > 0; chunk = line.take()) {
                for (long wait = chunk.dueNanos - System.nanoTime();
                        wait > 0;
                        wait = chunk.dueNanos - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                out.write(chunk.bytes);
            }
            to.close();
            from.close();
        });
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException e) {
                        // the line is gone
                    }
                },
                "slow-line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
