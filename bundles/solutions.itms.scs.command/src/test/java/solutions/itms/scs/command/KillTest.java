package solutions.itms.scs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.message.command.CommandRefusedException;
import solutions.itms.scs.message.command.CommandReport;
import solutions.itms.scs.message.command.Ed25519;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.GatewayState;

/** {@code kill -9} in the middle of commands; {@code -Dscs.kill.rounds=100} does it more often. */
class KillTest {
    private static final int ROUNDS = Integer.getInteger("scs.kill.rounds", 3);
    private static final int COMMANDS = 30;

    @TempDir
    @Nullable
    Path directory;

    private final Map<String, Envelope> commands = new LinkedHashMap<>();
    private final Map<String, GatewayState> ends = new ConcurrentHashMap<>();
    private final Map<String, String> contradictions = new ConcurrentHashMap<>();
    private final Random random = new Random();

    @Test
    void eachCommandEndsOnceAndHasItsEffectOnceHoweverOftenTheProcessIsKilled() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < COMMANDS; i++) {
                add("r" + round + "-" + i, i % 2 == 0 ? "camera_reboot" : "camera_ptz_stop", "cam-" + i % 7);
            }
            Process process = start();
            try (BufferedWriter to = writer(process)) {
                process.onExit();
                int until = random.nextInt(2 * commands.size());
                int sent = 0;
                for (Envelope envelope : commands.values()) {
                    if (sent++ == until) {
                        break;
                    }
                    to.write(envelope.sign(Site.SERVER_KEY) + "\n");
                    to.flush();
                }
                // at a random moment of what it does with them
                process.waitFor(random.nextInt(150), java.util.concurrent.TimeUnit.MILLISECONDS);
            } catch (IOException e) {
                throw new AssertionError("the process ended by itself", e);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        Process last = start();
        try (BufferedWriter to = writer(last)) {
            for (Envelope envelope : commands.values()) {
                to.write(envelope.sign(Site.SERVER_KEY) + "\n");
            }
            to.flush();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(ends.keySet()).containsAll(commands.keySet()));
        } finally {
            last.destroyForcibly().waitFor();
        }
        check();
    }

    private void check() throws IOException {
        Map<String, Integer> effects = new HashMap<>();
        Files.readAllLines(Objects.requireNonNull(directory).resolve("effects"))
                .forEach(id -> effects.merge(id, 1, Integer::sum));
        assertThat(contradictions).isEmpty();
        commands.forEach((id, envelope) -> {
            int count = effects.getOrDefault(id, 0);
            boolean idempotent = envelope.type().equals("camera_ptz_stop");
            GatewayState end = Objects.requireNonNull(ends.get(id));
            // one during which it was killed three times is given up
            assertThat(end).as(id).isIn(GatewayState.SUCCESS, GatewayState.FAILED);
            assertThat(count)
                    .as("%s %s", id, end)
                    .isBetween(end == GatewayState.SUCCESS ? 1 : 0, idempotent ? CommandExecutor.MAX_RUNS : 1);
        });
    }

    private void add(String id, String type, String target) {
        Instant now =
                Instant.ofEpochMilli(Instant.now(java.time.Clock.systemUTC()).toEpochMilli());
        commands.put(
                id,
                new Envelope(
                        id, Site.GATEWAY, target, type, Map.of(), now, now.plusSeconds(3_600), 60_000, "ann", null));
    }

    private Process start() throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Duser.language=" + System.getProperty("user.language"),
                        "-Duser.country=" + System.getProperty("user.country"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillSite.class.getName(),
                        Objects.requireNonNull(directory).toString(),
                        "server-1:" + Ed25519.text(Site.SERVER.getPublic()),
                        "gw-1#1:" + Ed25519.text(Site.OWN.getPrivate())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread reader = new Thread(() -> read(process), "reader");
        reader.setDaemon(true);
        reader.start();
        return process;
    }

    private void read(Process process) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int blank = line.indexOf(' ');
                if (blank > 0 && line.substring(0, blank).endsWith("/result")) {
                    note(line.substring(blank + 1));
                }
            }
        } catch (IOException e) {
            // it was killed in the middle of a line
        }
    }

    private void note(String jws) {
        try {
            CommandReport.Result result = CommandReport.Result.open(Site.OWN_RING, jws);
            GatewayState before = ends.putIfAbsent(result.id(), result.status());
            if (before != null && before != result.status()) {
                contradictions.put(result.id(), before + " and " + result.status());
            }
        } catch (CommandRefusedException e) {
            // cut off by the kill
        }
    }

    private static BufferedWriter writer(Process process) {
        return new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }
}
