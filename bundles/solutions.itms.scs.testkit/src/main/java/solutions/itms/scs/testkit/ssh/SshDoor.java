package solutions.itms.scs.testkit.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What stands between the network and the server of a gate, and spoils connections before SSH begins. Thread-safe. */
final class SshDoor implements AutoCloseable {
    private static final byte[] CHATTER = "a line before the greeting\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GREETING = "SSH-2.0-slow\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HALF = 700;
    private static final long SLOW_MILLIS = 300;

    private final ServerSocket door;
    private final int behind;
    private final Supplier<SshFault> fault;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param behind port of the real server on this machine */
    SshDoor(int behind, Supplier<SshFault> fault) throws IOException {
        this.door = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
        this.behind = behind;
        this.fault = fault;
        start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Connections that are still open. */
    int connections() {
        return (int) open.stream().filter(socket -> !socket.isClosed()).count();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (!door.isClosed()) {
            Socket client = door.accept();
            open.add(client);
            start(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException, InterruptedException {
        try (client) {
            switch (fault.get()) {
                case SILENT -> client.getInputStream().transferTo(OutputStream.nullOutputStream());
                case SLOW_BANNER -> talkSlowly(client.getOutputStream());
                case ENDLESS_BANNER -> talk(client.getOutputStream());
                case HALF_OPEN -> relay(client, HALF);
                default -> relay(client, Long.MAX_VALUE);
            }
        } finally {
            open.remove(client);
        }
    }

    private static void talk(OutputStream out) throws IOException {
        while (true) {
            out.write(CHATTER);
        }
    }

    private static void talkSlowly(OutputStream out) throws IOException, InterruptedException {
        for (byte letter : GREETING) {
            out.write(letter);
            TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS);
        }
    }

    /** @param limit bytes from the gate after which nothing more is passed on, though both ends stay open */
    private void relay(Socket client, long limit) throws IOException {
        try (Socket server = new Socket(InetAddress.getByName("127.0.0.1"), behind)) {
            start(() -> {
                try (server) {
                    pass(client.getInputStream(), server.getOutputStream(), Long.MAX_VALUE);
                }
            });
            pass(server.getInputStream(), client.getOutputStream(), limit);
        }
    }

    private static void pass(InputStream in, OutputStream out, long limit) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long passed = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            int now = (int) Math.min(count, limit - passed);
            out.write(buffer, 0, now);
            passed += now;
        }
    }

    /** Something that ends when its connection does. */
    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException | InterruptedException e) {
                        // an end of it has gone
                    }
                },
                "testkit-ssh-door");
        thread.setDaemon(true);
        thread.start();
    }
}
