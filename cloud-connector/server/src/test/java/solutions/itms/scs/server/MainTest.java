package solutions.itms.scs.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line, as far as it needs no running server. */
class MainTest {
    private static final int USAGE = 2;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", ""})
    void helpNamesTheCommands(String words) {
        assertThat(run(words)).isZero();
        assertThat(out()).contains("run --data DIR", "add-gateway ID", "--http-port", "--renew", "--reset-corrupt-db");
    }

    @Test
    void addGatewayPrintsTheConfigurationOfTheGatewayAndNothingElse() {
        assertThat(run("add-gateway GW.1-a_B --data DIR --mqtt-url ssl://broker.example:8883 --account north"))
                .isZero();

        List<String> lines = out().lines().toList();
        String pid = "solutions.itms.scs.cloud.mqtt.CloudEndpoint~scs/";
        assertThat(lines.subList(0, 4))
                .containsExactly(
                        pid + "broker.url=ssl://broker.example:8883",
                        pid + "account.name=north",
                        pid + "client.id=GW.1-a_B",
                        pid + "username=GW.1-a_B");
        assertThat(lines.get(4)).matches(pid + "password=[A-Za-z0-9_-]{43}");
        String executor = "solutions.itms.scs.command.Executor/";
        assertThat(lines.get(5)).matches(executor + "server\\.keys=server-[0-9TZ]+:[A-Za-z0-9_-]{43}");
        assertThat(lines.get(6)).matches(executor + "gateway\\.key=GW\\.1-a_B#1:[A-Za-z0-9_-]{43}");
        assertThat(lines).hasSize(7);
        assertThat(err()).isEmpty();
    }

    @Test
    void aGatewayIsAddedOnceAndRenewedWhenAsked() {
        assertThat(run("add-gateway GW --data DIR --renew")).isEqualTo(USAGE);
        assertThat(err()).contains("there is no gateway GW");
        assertThat(run("add-gateway GW --data DIR")).isZero();
        String first = TestServer.passwordIn(out());
        assertThat(run("add-gateway GW --data DIR")).isEqualTo(USAGE);
        assertThat(err()).contains("there is a gateway GW already", "--renew");
        out.reset();

        assertThat(run("add-gateway GW --data DIR --renew")).isZero();

        assertThat(TestServer.passwordIn(out())).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fly",
                "run",
                "run --data",
                "run --data DIR --http-port 70000",
                "run --data DIR --http-port x",
                "run --data DIR --colour red",
                "run --data DIR now",
                "run --data DIR --bind no.such.address.invalid",
                "add-gateway --data DIR",
                "add-gateway GW",
                "add-gateway GW GW2 --data DIR",
                "add-gateway .GW --data DIR",
                "add-gateway -GW --data DIR",
                "add-gateway a/b --data DIR",
                "add-gateway # --data DIR",
                "add-gateway $scs-server --data DIR",
                "add-gateway 12345678901234567890123456789012345678901234567890123456789012345 --data DIR",
                "add-gateway GW --data DIR --account a.b",
                "add-gateway GW --data DIR --mqtt-url broker.example"
            })
    void aWrongCommandLineIsToldInOneLine(String words) {
        assertThat(run(words)).isEqualTo(USAGE);
        assertThat(err().lines()).hasSize(1);
        assertThat(out()).isEmpty();
    }

    private int run(String words) {
        List<String> args = words.isEmpty()
                ? List.of()
                : Arrays.stream(words.split(" "))
                        .map(word ->
                                word.equals("DIR") ? directory.resolve("data").toString() : word)
                        .toList();
        return Main.run(args, printer(out), printer(err));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream printer(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
