package solutions.itms.scs.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A TCP port for a server that must be told its port before it starts. What binds port 0 needs none of this.
 *
 * <p>It is none of those that the system hands out, to connections and to whoever binds port 0: of such a one another test
 * could be given the same, in the moment before the server takes it.
 */
public final class FreePort {
    /** Linux hands out 32768 and above. */
    private static final int FIRST = 12_000;

    private static final int END = 32_000;

    private FreePort() {}

    /** One that was free on all addresses a moment ago, and with it the one after it. Thread-safe. */
    public static int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port, null) && isFree(port, InetAddress.getLoopbackAddress()) && isFree(port + 1, null)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port, @Nullable InetAddress address) {
        try (ServerSocket socket = new ServerSocket(port, 1, address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
