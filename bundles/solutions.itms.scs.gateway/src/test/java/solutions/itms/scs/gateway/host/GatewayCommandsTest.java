package solutions.itms.scs.gateway.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.command.CommandContext;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandHandler;
import solutions.itms.scs.api.command.CommandParameters;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.api.history.Query;
import solutions.itms.scs.api.history.Sample;
import solutions.itms.scs.api.history.TelemetryHistory;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.command.CommandRegistry;
import solutions.itms.scs.message.command.CommandType;

class GatewayCommandsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T08:00:00Z"), ZoneOffset.UTC);

    @TempDir
    @Nullable
    Path root;

    private final Map<String, List<String>> programs = new HashMap<>();
    private final List<List<String>> called = new ArrayList<>();
    private final List<Query> queries = new ArrayList<>();
    private List<Sample> samples = List.of();

    @Test
    void theResolversOfTheSystemAreTold() throws Exception {
        write("etc/resolv.conf", "# by hand\nnameserver 10.0.0.1\nnameserver 10.0.0.2\nsearch a.example b.example\n");
        assertThat(run("get_dns_config", Map.of()))
                .containsEntry("servers", List.of("10.0.0.1", "10.0.0.2"))
                .containsEntry("search", List.of("a.example", "b.example"));
        write("etc/resolv.conf", "nameserver 127.0.0.53\noptions edns0\n");
        write("run/systemd/resolve/resolv.conf", "nameserver 192.168.1.1\n");
        assertThat(run("get_dns_config", Map.of()))
                .containsEntry("servers", List.of("192.168.1.1"))
                .containsEntry("source", "/run/systemd/resolve/resolv.conf");
    }

    @Test
    void addressesAndDefaultRoutesAreTold() throws Exception {
        write("proc/sys/kernel/hostname", "gw-7\n");
        write(
                "proc/net/route",
                "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\n"
                        + "eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\n"
                        + "eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\n");
        Map<String, @Nullable Object> result = run("get_ip_config", Map.of());
        assertThat(result).containsEntry("hostname", "gw-7");
        assertThat(result.get("defaultRoutes"))
                .isEqualTo(List.of(Map.of("interface", "eth0", "gateway", "192.168.1.1", "metric", 100L)));
        assertThat(result.get("interfaces")).asString().contains("127.0.0.1/8");
    }

    @Test
    void theTimeServiceIsAsked() throws Exception {
        assertThat(run("get_ntp_status", Map.of())).containsEntry("synchronized", null);
        programs.put(
                "timedatectl",
                List.of(
                        "ServerName=ntp.example",
                        "NTPMessage={ Leap=0, Version=4, Mode=4, Stratum=2, PacketCount=9 }"));
        assertThat(run("get_ntp_status", Map.of()))
                .containsEntry("synchronized", true)
                .containsEntry("server", "ntp.example")
                .containsEntry("stratum", 2L);
        programs.put(
                "chronyc",
                List.of(
                        "C0A80101,192.168.1.1,3,1772352000.1,-0.000012,0.00001,0.00002,1.0,0.01,0.1,0.02,0.003,64.0,Normal"));
        assertThat(run("get_ntp_status", Map.of()))
                .containsEntry("source", "chrony")
                .containsEntry("stratum", 3L)
                .containsEntry("offsetMillis", -0.012);
    }

    @Test
    void sensorsAreRead() throws Exception {
        write("sys/class/thermal/thermal_zone0/type", "cpu-thermal\n");
        write("sys/class/thermal/thermal_zone0/temp", "48312\n");
        write("sys/class/hwmon/hwmon0/name", "nvme\n");
        write("sys/class/hwmon/hwmon0/temp1_input", "39850\n");
        write("sys/class/hwmon/hwmon0/temp1_crit", "84850\n");
        assertThat(run("get_temperature", Map.of()).get("sensors"))
                .asString()
                .contains("cpu-thermal", "48.312", "nvme temp1", "39.85", "84.85");
    }

    @Test
    void processesAreToldThoseWithTheMostMemoryFirst() throws Exception {
        write("proc/uptime", "1234.5 99\n");
        write("proc/loadavg", "0.10 0.20 0.30 1/100 7\n");
        write("proc/meminfo", "MemTotal:  1000 kB\nMemAvailable:  600 kB\n");
        write("proc/1/stat", stat(1, "init", 10));
        write("proc/7/stat", stat(7, "a (b) c", 99));
        write("proc/8/stat", "nonsense");
        Map<String, @Nullable Object> result = run("get_process_status", Map.of("limit", 1L));
        assertThat(result)
                .containsEntry("count", 2L)
                .containsEntry("uptimeSeconds", 1234.5)
                .containsEntry("load", List.of(0.1, 0.2, 0.3))
                .containsEntry("memoryTotalBytes", 1_024_000L);
        assertThat(result.get("processes")).asString().contains("a (b) c").doesNotContain("init");
    }

    @Test
    void diagnosticsSayWhatIsWrong() throws Exception {
        write("proc/meminfo", "MemTotal: 1000 kB\nMemAvailable: 10 kB\n");
        write("etc/resolv.conf", "nameserver 10.0.0.1\n");
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Map<String, @Nullable Object> result =
                    run("run_diagnostics", Map.of("host", "127.0.0.1", "port", (long) server.getLocalPort()));
            assertThat(result).containsEntry("ok", false);
            assertThat(isOk(result, "memory")).isEqualTo(false);
            assertThat(isOk(result, "name servers")).isEqualTo(true);
            assertThat(isOk(result, "route")).isEqualTo(false);
            assertThat(isOk(result, "clock")).isEqualTo(null);
            assertThat(isOk(result, "host")).isEqualTo(true);
        }
    }

    @Test
    void theHopsOfARouteAreRead() throws Exception {
        programs.put(
                "traceroute",
                List.of(
                        "traceroute to 127.0.0.1 (127.0.0.1), 20 hops max, 60 byte packets",
                        " 1  192.168.1.1  0.512 ms",
                        " 2  *",
                        " 3  127.0.0.1  7.1 ms"));
        Map<String, @Nullable Object> result = run("run_traceroute", Map.of("host", "127.0.0.1"));
        assertThat(result).containsEntry("reached", true);
        assertThat(result.get("hops"))
                .asString()
                .contains("{hop=1, address=192.168.1.1, millis=0.512}", "{hop=2, address=null, millis=null}");
        assertThat(called).last().isEqualTo(List.of("traceroute", "-n", "-q", "1", "-w", "2", "-m", "20", "127.0.0.1"));
    }

    @Test
    void tracepathWillDoAndWithoutEitherItIsUnavailable() throws Exception {
        assertThatThrownBy(() -> run("run_traceroute", Map.of("host", "127.0.0.1")))
                .isInstanceOfSatisfying(
                        CommandException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.UNAVAILABLE));
        programs.put("tracepath", List.of(" 1?: [LOCALHOST]  pmtu 1500", " 1:  10.0.0.1   1.2ms ", " 2:  no reply"));
        assertThat(run("run_traceroute", Map.of("host", "127.0.0.1")).get("hops"))
                .asString()
                .contains("address=10.0.0.1, millis=1.2", "hop=2, address=null");
    }

    @Test
    void theHistoryIsToldInPages() throws Exception {
        samples = List.of(sample(4), sample(5));
        Map<String, @Nullable Object> result = run(
                "get_history",
                Map.of("subject", "gate/", "limit", 2L, "after", 3L, "from", "2026-03-01T07:00:00+07:00"));
        assertThat(result).containsEntry("next", 5L);
        assertThat(result.get("samples")).asString().contains("gate/G1/state", "online");
        assertThat(queries)
                .containsExactly(new Query("gate/", Instant.parse("2026-03-01T00:00:00Z"), CLOCK.instant(), 3, 2));
        samples = List.of(sample(6));
        assertThat(run("get_history", Map.of())).containsEntry("next", null);
        assertThatThrownBy(() -> run("get_history", Map.of("from", "yesterday", "to", "2026-01-01T00:00:00Z")))
                .hasMessageContaining("from must be a time such as");
    }

    @Test
    void everyResultFitsTheRegistry() throws Exception {
        // the machine that the test runs on
        GatewayCommands real = GatewayCommands.of(Path.of("/"), query -> samples, CLOCK);
        samples = List.of(sample(1));
        for (Map.Entry<String, CommandHandler> each : real.handlers().entrySet()) {
            if (each.getKey().equals("run_traceroute")) {
                continue;
            }
            CommandType type = CommandRegistry.standard().find(each.getKey()).orElseThrow();
            Map<String, @Nullable Object> result = each.getValue()
                    .execute(new CommandParameters(Map.of()), new Context())
                    .values();
            assertThat(type.result().validate(result))
                    .as("%s: %s", each.getKey(), result)
                    .isEmpty();
        }
    }

    @Test
    void aRealProgramIsReadAndEndedWhenItLastsTooLong() throws Exception {
        Programs real = new Programs();
        assertThat(real.output(List.of("echo", "hello"), Duration.ofSeconds(5))).contains("hello\n");
        assertThat(real.output(List.of("no-such-program-here"), Duration.ofSeconds(5)))
                .isEmpty();
        long begun = System.nanoTime();
        assertThat(real.output(List.of("sleep", "60"), Duration.ofMillis(100))).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }

    private Map<String, @Nullable Object> run(String name, Map<String, @Nullable Object> parameters) throws Exception {
        CommandHandler handler = commands().handlers().get(name);
        CommandType type = CommandRegistry.standard().find(name).orElseThrow();
        Map<String, @Nullable Object> result = java.util.Objects.requireNonNull(handler)
                .execute(new CommandParameters(parameters), new Context())
                .values();
        assertThat(type.result().validate(result)).as("%s", result).isEmpty();
        return result;
    }

    private GatewayCommands commands() {
        TelemetryHistory history = query -> {
            queries.add(query);
            return samples;
        };
        return GatewayCommands.of(root(), new FakePrograms(), history, CLOCK);
    }

    private static @Nullable Object isOk(Map<String, @Nullable Object> result, String name) {
        for (Object check : (List<?>) java.util.Objects.requireNonNull(result.get("checks"))) {
            if (check instanceof Map<?, ?> map && name.equals(map.get("name"))) {
                return map.get("ok");
            }
        }
        throw new AssertionError("no check " + name);
    }

    private static Sample sample(long number) {
        return new Sample(number, CLOCK.instant(), "gate/G1/state", Payload.of(Map.of("status", "online")));
    }

    private static String stat(int pid, String name, int pages) {
        return pid + " (" + name + ") S 1 1 1 0 -1 4194560 1 1 1 1 200 100 0 0 20 0 3 0 10 1000 " + pages + " 1 1";
    }

    private void write(String path, String text) throws IOException {
        Path file = root().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Path root() {
        return java.util.Objects.requireNonNull(root);
    }

    private final class FakePrograms extends Programs {
        @Override
        boolean lines(List<String> command, Duration patience, Predicate<String> more) {
            called.add(command);
            List<String> lines = programs.get(command.get(0));
            if (lines == null) {
                return false;
            }
            for (String line : lines) {
                if (!more.test(line)) {
                    break;
                }
            }
            return true;
        }
    }

    private static final class Context implements CommandContext {
        @Override
        public String id() {
            return "c-1";
        }

        @Override
        public String target() {
            return "gw-1";
        }

        @Override
        public String requestedBy() {
            return "ann";
        }

        @Override
        public Duration timeLeft() {
            return Duration.ofSeconds(30);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void progress(int percent, String text) {
            assertThat(percent).isBetween(0, 100);
        }
    }
}
