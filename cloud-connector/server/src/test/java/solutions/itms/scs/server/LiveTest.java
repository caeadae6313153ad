package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a browser is told as it happens. */
class LiveTest {
    @TempDir
    Path directory;

    private TestServer server;
    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(directory);
        api = server.admin();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aStreamBeginsWithEverythingAndGoesOnWithWhatChanges() throws Exception {
        try (TestGateway gateway = server.gateway("GW-1").connect("s1").birth("s1")) {
            gateway.state("e", 1, "G1", "online");
            await().until(() -> api.gateStatus("GW-1", "G1").equals("online"));
            try (TestStream stream = api.live()) {
                TestStream.Event snapshot = stream.next();
                assertThat(snapshot.name()).isEqualTo("snapshot");
                assertThat(snapshot.data().get("gateways").get(0).get("id").asText())
                        .isEqualTo("GW-1");
                assertThat(snapshot.data().get("gates").get(0).get("id").asText())
                        .isEqualTo("G1");
                assertThat(snapshot.data().get("serverTime").asText()).isEqualTo("2026-03-01T08:00:00.000Z");

                gateway.state("e", 2, "G1", "fault");

                TestStream.Event gate = stream.next("gate", "status", "fault");
                assertThat(gate.data()).isEqualTo(api.gate("GW-1", "G1"));
                stream.next("gateway", "received", "3");

                gateway.die();

                stream.next("gateway", "status", "missing");
                stream.next("gate", "status", "unknown");
            }
        }
    }

    @Test
    void loggingOutEndsTheStream() throws Exception {
        try (TestStream stream = api.live()) {
            stream.next();

            api.post("/api/v1/auth/logout", "");

            assertThat(stream.endsInTime()).isTrue();
        }
    }

    @Test
    void theEndOfTheSessionEndsTheStream() throws Exception {
        try (TestStream stream = api.live()) {
            stream.next();

            server.clock().advance(TestServer.WHOLE);

            assertThat(stream.endsInTime()).isTrue();
        }
    }

    @Test
    void anOpenStreamKeepsItsSessionAndIsPinged() throws Exception {
        try (TestStream stream = api.live()) {
            stream.next();
            Duration step = TestServer.IDLE.minusMinutes(1);

            server.clock().advance(step);
            assertThat(stream.next().name()).isEqualTo("comment");
            server.clock().advance(step);
            assertThat(stream.next().name()).isEqualTo("comment");

            assertThat(api.get("/api/v1/auth/session").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aServerThatStopsEndsItsStreams() throws Exception {
        try (TestStream stream = api.live()) {
            stream.next();

            server.close();

            assertThat(stream.endsInTime()).isTrue();
        }
    }

    @Test
    void aBrowserThatStopsReadingIsDropped() throws Exception {
        server.addGateway("GW-1");
        addGates("GW-1", 20_000);
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), URI.create(api.address()).getPort()));
            String request = "GET /api/v1/live HTTP/1.1\r\nHost: x\r\nCookie: " + api.cookie() + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            await().until(() -> api.metric("liveStreams") == 1);

            server.clock().advance(Duration.ofSeconds(31));

            await().until(() -> api.metric("liveStreams") == 0);
        }
    }

    /** Enough for a snapshot that no socket buffer holds. */
    private void addGates(String gatewayId, int count) throws Exception {
        String url = "jdbc:sqlite:" + server.data().resolve("scs.db");
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement insert = connection.prepareStatement("""
                        with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)
                        insert into gate (gateway_id, id, status, message, received_at_ms)
                        select ?, 'G' || i, 'online', printf('%.*c', 300, 'x'), 0 from n""")) {
            insert.setInt(1, count);
            insert.setString(2, gatewayId);
            insert.executeUpdate();
        }
    }
}
