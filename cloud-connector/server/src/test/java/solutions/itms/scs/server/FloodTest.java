package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registered gateway that floods the server with messages as large as are allowed, while the database is slow. */
class FloodTest {
    private static final int MESSAGE = 15 * 1024 * 1024;

    @TempDir
    Path directory;

    @Test
    void theBrokerHoldsTheBacklogAndTheServerItsLimit() throws Exception {
        long share = Math.min(64L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 10);
        int messages = (int) (2 * share / MESSAGE) + 3;
        try (TestServer server = TestServer.start(directory);
                TestGateway flooder = server.gateway("GW-1").connect("s1")) {
            flooder.birth("s1");
            TestApi api = server.admin();
            await().until(() -> api.gatewayStatus("GW-1").equals("online"));
            long bad = api.metric("messagesBad");
            byte[] noise = new byte[MESSAGE];
            new Random(1).nextBytes(noise);
            List<Long> held = new ArrayList<>();
            try (Connection other = DriverManager.getConnection(
                            "jdbc:sqlite:" + server.data().resolve("scs.db"));
                    Statement statement = other.createStatement()) {
                statement.execute("begin immediate");
                for (int i = 0; i < messages; i++) {
                    flooder.publish(flooder.topic("flood/" + i), noise);
                    held.add(api.metric("ingestWaitingBytes"));
                }
                statement.execute("rollback");
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> api.metric("messagesBad") == bad + messages);

            assertThat(held).allMatch(bytes -> bytes <= share).anyMatch(bytes -> bytes >= MESSAGE);
            await().until(() -> api.metric("ingestWaitingBytes") == 0);
        }
    }
}
