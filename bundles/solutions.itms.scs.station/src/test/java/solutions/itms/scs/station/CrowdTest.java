package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever opens many connections does not keep gates from being heard. */
class CrowdTest extends StationFixture {
    private static final String GATE = "127.0.0.21";

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void closeSockets() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void theOldestConnectionsOfStrangersGoFirst() throws Exception {
        restart(Map.of("max.connections", 20, "allow.list", GATE));
        Socket gate = open(GATE);
        for (int i = 0; i < 200; i++) {
            open("127.0.0." + (100 + i % 50));
        }
        awaitServed(20);
        assertThat(isServed(gate)).isTrue();
        assertThat(isServed(sockets.get(1))).isFalse();
        assertThat(sent.alarms()).contains("too_many_connections null raised");
    }

    @Test
    void aGateThatIsOnNoListIsNoStrangerOnceItWasHeard() throws Exception {
        restart(Map.of("max.connections", 20));
        postFrom(GATE, "/hb", BEAT);
        Socket gate = open(GATE);
        for (int i = 0; i < 100; i++) {
            open("127.0.0." + (100 + i % 50));
        }
        awaitServed(20);
        assertThat(isServed(gate)).isTrue();
        assertThat(postFrom(GATE, "/hb", BEAT)).startsWith("HTTP/1.1 200");
    }

    @Test
    void withoutStrangersTheSourceThatHasTheMostGivesWay() throws Exception {
        restart(Map.of("max.connections", 10, "allow.mode", "off"));
        Socket gate = open(GATE);
        for (int i = 0; i < 30; i++) {
            open("127.0.0.66");
        }
        awaitServed(10);
        assertThat(isServed(gate)).isTrue();
    }

    @Test
    void aSourceWithTooManyConnectionsLosesItsOldest() throws Exception {
        restart(Map.of("max.connections.per.source", 4, "allow.list", GATE));
        Socket oldest = open(GATE);
        // connections that come at once are opened by several threads, in any order
        assertThat(isServed(oldest)).isTrue();
        for (int i = 0; i < 9; i++) {
            open(GATE);
        }
        awaitServed(4);
        assertThat(isServed(oldest)).isFalse();
        assertThat(sent.alarms()).contains("too_many_connections 127.0.0.21 raised");
    }

    @Test
    void theSystemsLimitOfOpenFilesIsKept() throws Exception {
        Path limits = directory.resolve("limits");
        Files.writeString(limits, "Limit  Soft Limit  Hard Limit  Units\nMax open files  1024  4096  files\n");
        assertThat(OpenFileLimit.limit(limits)).isEqualTo(1024);
        Files.writeString(limits, "Max open files  unlimited  unlimited  files\n");
        assertThat(OpenFileLimit.limit(limits)).isEqualTo(Integer.MAX_VALUE);
        assertThat(OpenFileLimit.limit(directory.resolve("none"))).isEqualTo(Integer.MAX_VALUE);
        assertThat(OpenFileLimit.limit(Path.of("/proc/self/limits"))).isPositive();
    }

    /** Waits until all connections were looked at, and so many were left. */
    private void awaitServed(int count) {
        await().until(() -> sockets.stream().filter(CrowdTest::isServed).count() == count);
    }

    private Socket open(String source) throws IOException {
        Socket socket =
                new Socket(InetAddress.getByName("127.0.0.1"), station.port(), InetAddress.getByName(source), 0);
        socket.setSoTimeout(10_000);
        sockets.add(socket);
        return socket;
    }

    private static boolean isServed(Socket socket) {
        try {
            socket.getOutputStream().write("GET /time HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[512];
            int length = socket.getInputStream().read(answer);
            return length > 0 && new String(answer, 0, length, StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }
}
