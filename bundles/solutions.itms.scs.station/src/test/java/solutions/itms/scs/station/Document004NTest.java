package solutions.itms.scs.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.station.log.Level;
import solutions.itms.scs.station.log.LogSettings;
import solutions.itms.scs.store.FileStores;

/** Document 004, section 3: the network. */
class Document004NTest extends StationFixture {
    private static final String LISTENS = "0A";

    @Test
    @DisplayName("N1, N9: the station opens the heartbeat port and no other")
    void onlyTheHeartbeatPortIsOpened() throws Exception {
        try (StationProcess process = StationProcess.start(directory.resolve("own"), List.of())) {
            assertThat(listeningPorts(process.pid())).containsExactly(process.port());
        }
    }

    @Test
    @DisplayName("N1: a port that the legacy application has is a clear error, and is waited for")
    void aBusyPortIsAClearError() throws Exception {
        FileJournal journal = new FileJournal(
                directory.resolve("logs"), new LogSettings(ZoneOffset.UTC, "13", Level.INFO, 14, 1 << 20), clock);
        ServerSocket legacy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        int port = legacy.getLocalPort();
        Station second = new Station(
                settings(Map.of("port", port)),
                new FileStores(directory.resolve("2"), clock),
                sent,
                surroundings(),
                journal,
                StationProfile.NONE);
        try (legacy;
                journal;
                second) {
            second.start();
            await().ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(() -> assertThat(Files.readString(directory.resolve("logs/app/2025-08-15.log")))
                            .contains("error 13 Port " + port + " can't be opened, trying again: Failed to bind to")
                            .contains("127.0.0.1:" + port));
            legacy.close();
            await().untilAsserted(() -> assertThat(second.port()).isEqualTo(port));
        }
    }

    @Test
    @DisplayName("N7: a heartbeat names its gate by address; a host name is refused, not looked up")
    void noNameIsLookedUp() throws Exception {
        String named = BEAT.replace("192.168.1.101", "gate-1.invalid");
        assertThat(post("/hb", named).body()).contains("\"field\":\"ip\"", "must be an IPv4 or IPv6 address");
        assertThat(post("/hb", BEAT.replace("192.168.1.101", "fd00::0001")).statusCode())
                .isEqualTo(200);
        assertThat(get("/hb").body()).contains("\"deviceIp\":\"fd00::1\"");
    }

    private static Set<Integer> listeningPorts(long pid) throws IOException {
        Set<String> sockets;
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            sockets = files.map(Document004NTest::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        }
        return Stream.of("tcp", "tcp6")
                .flatMap(table -> lines(Path.of("/proc/" + pid + "/net/" + table)))
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns[3].equals(LISTENS) && sockets.contains(columns[9]))
                .map(columns -> Integer.valueOf(columns[1].substring(columns[1].lastIndexOf(':') + 1), 16))
                .collect(Collectors.toSet());
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream().skip(1);
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
