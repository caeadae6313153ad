package solutions.itms.scs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.message.command.CommandRefusedException;
import solutions.itms.scs.message.command.CommandReport;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.ErrorCode;
import solutions.itms.scs.message.command.Failure;
import solutions.itms.scs.message.command.GatewayState;

class CommandExecutorTest {
    private static final CommandResult DONE = new CommandResult(Map.of("done", true));

    @TempDir
    @Nullable
    Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> effects = new CopyOnWriteArrayList<>();
    private @Nullable Site opened;

    @BeforeEach
    void start() throws IOException {
        opened = new Site(directory == null ? Path.of("") : directory, threads);
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        site().close();
        threads.shutdownNow();
    }

    @Test
    void fiveHundredDeliveriesOfACommandHaveOneEffect() throws Exception {
        site().handle("set_operation", (parameters, context) -> {
            effects.add(context.id());
            return DONE;
        });
        String jws = site().envelope("c-1", "set_operation", "G1", Map.of("operation", "emergency"))
                .sign(Site.SERVER_KEY);
        ExecutorService senders = Executors.newFixedThreadPool(8);
        List<Future<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            replies.add(senders.submit(() -> site().executor.submit(jws)));
        }
        int taken = 0;
        for (Future<Reply> reply : replies) {
            assertThat(reply.get().status()).isIn(200, 202);
            taken += reply.get().status() == 202 ? 1 : 0;
        }
        senders.shutdown();
        awaitResult("c-1");
        assertThat(taken).isEqualTo(1);
        assertThat(effects).containsExactly("c-1");
        assertThat(site().states("c-1")).containsExactly("QUEUED", "RUNNING", "SUCCESS");
    }

    @Test
    void commandsForOneDeviceRunOneAtATimeInTheirOrder() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        site().handle("camera_ptz_stop", (parameters, context) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            effects.add(context.id());
            running.decrementAndGet();
            return DONE;
        });
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ids.add("c-" + i);
            site().submit(site().envelope("c-" + i, "camera_ptz_stop", "cam-1", Map.of()));
        }
        awaitResult("c-39");
        assertThat(effects).isEqualTo(ids);
        assertThat(most).hasValue(1);
    }

    @Test
    void anExclusiveGroupHasOneAtATimeAndAQuestionDoesNotWaitForWork() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        site().handle("update_download", (parameters, context) -> {
            effects.add("download");
            release.await();
            return DONE;
        });
        site().handle("update_check", (parameters, context) -> {
            effects.add("check");
            return DONE;
        });
        site().handle("get_ip_config", (parameters, context) -> {
            effects.add("ip");
            return DONE;
        });
        site().submit(site().envelope("c-1", "update_download", Site.GATEWAY, Map.of()));
        site().submit(site().envelope("c-2", "update_check", Site.GATEWAY, Map.of()));
        site().submit(site().envelope("c-3", "get_ip_config", Site.GATEWAY, Map.of()));
        await().untilAsserted(() -> assertThat(effects).contains("download"));
        assertThat(site().state(site().executor.get("c-2"))).isEqualTo(GatewayState.QUEUED);
        release.countDown();
        awaitResult("c-3");
        assertThat(effects).containsExactly("download", "check", "ip");
    }

    @Test
    void twoClipsOfARecorderAreFetchedAtOnceAndQuestionsDoNotWaitForThem() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        site().handle("export_recording_clip", (parameters, context) -> {
            effects.add(context.id());
            release.await();
            return DONE;
        });
        site().handle("get_ip_config", (parameters, context) -> DONE);
        Settings few = site().settings;
        site().configure(new Settings(
                few.serverKeys(),
                few.key(),
                few.allowed(),
                few.skew(),
                4,
                few.queue(),
                few.keepCount(),
                few.keepFor(),
                few.repeat(),
                few.missing()));
        Map<String, Object> clip = Map.of("channel", "1", "from", "2026-01-01T00:00:00Z", "to", "2026-01-01T00:01:00Z");
        for (int i = 0; i < 6; i++) {
            site().submit(site().envelope("c-" + i, "export_recording_clip", i < 3 ? "nvr-1" : "nvr-2", clip));
        }
        site().submit(site().envelope("question", "get_ip_config", Site.GATEWAY, Map.of()));
        awaitResult("question");
        await().untilAsserted(() -> assertThat(effects).containsExactlyInAnyOrder("c-0", "c-1"));
        assertThat(site().state(site().executor.get("c-2"))).isEqualTo(GatewayState.QUEUED);
        release.countDown();
        awaitResult("c-5");
        assertThat(effects).hasSize(6);
    }

    @Test
    void anEmergencyWaitsForNoOtherWork() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        site().handle("export_recording_clip", (parameters, context) -> {
            release.await();
            return DONE;
        });
        site().handle("camera_reboot", (parameters, context) -> {
            release.await();
            return DONE;
        });
        site().handle("run_diagnostics", (parameters, context) -> {
            release.await();
            return DONE;
        });
        site().handle("set_operation", (parameters, context) -> DONE);
        site().submit(site().envelope("c-1", "camera_reboot", "cam-1", Map.of()));
        site().submit(site().envelope("c-2", "run_diagnostics", Site.GATEWAY, Map.of()));
        site().submit(site().envelope("c-3", "set_operation", "G1", Map.of("operation", "emergency")));
        awaitResult("c-3");
        release.countDown();
    }

    @Test
    void whatIsTooMuchIsRefusedAsBusyAndMayComeAgain() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        site().handle("camera_reboot", (parameters, context) -> {
            release.await();
            return DONE;
        });
        Reply last = site().submit(site().envelope("first", "camera_reboot", "cam-1", Map.of()));
        for (int i = 0; i < 50; i++) {
            last = site().submit(site().envelope("c-" + i, "camera_reboot", "cam-1", Map.of()));
        }
        assertThat(last.status()).isEqualTo(202);
        Envelope one = site().envelope("one-more", "camera_reboot", "cam-1", Map.of());
        Reply busy = site().submit(one);
        assertThat(busy.status()).isEqualTo(429);
        assertThat(Site.error(busy)).isEqualTo("busy");
        assertThat(site().journal.find("one-more")).isEmpty();
        release.countDown();
        awaitResult("c-49");
        assertThat(site().submit(one).status()).isEqualTo(202);
        awaitResult("one-more");
    }

    @Test
    void aCommandThatTakesTooLongIsInterruptedAndReported() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        site().handle("get_ip_config", (parameters, context) -> {
            effects.add("begun");
            try {
                new CountDownLatch(1).await();
                return DONE;
            } finally {
                effects.add("left " + context.timeLeft());
                interrupted.countDown();
            }
        });
        site().submit(site().envelope("c-1", "get_ip_config", Site.GATEWAY, Map.of()));
        await().untilAsserted(() -> assertThat(effects).hasSize(1));
        site().pass(Duration.ofSeconds(9));
        assertThat(interrupted.getCount()).isEqualTo(1);
        site().pass(Duration.ofSeconds(1));
        interrupted.await();
        Failure failure = failure("c-1", GatewayState.TIMEOUT);
        assertThat(failure.code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(failure.message()).isEqualTo("nothing was heard of it for 10 s");
        assertThat(effects).contains("left PT0S");
    }

    @Test
    void progressKeepsACommandAliveUntilItsTotalTimeIsOverAndIsToldNowAndThen() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        site().handle("run_traceroute", (parameters, context) -> {
            for (int i = 0; i < 1_000; i++) {
                context.progress(i / 10, "hop " + i);
            }
            effects.add("told");
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new CommandException(FailureCode.TIMEOUT, "not done");
            }
            return DONE;
        });
        site().submit(site().envelope("c-1", "run_traceroute", Site.GATEWAY, Map.of("host", "example.org")));
        await().untilAsserted(() -> assertThat(effects).hasSize(1));
        site().pass(Duration.ofSeconds(1));
        site().pass(Duration.ofSeconds(1));
        List<Site.Sent> progress = site().sent.stream()
                .filter(sent -> sent.subject().equals("command/c-1/progress"))
                .toList();
        assertThat(progress).hasSize(1);
        assertThat(CommandReport.Progress.read(progress.get(0).body()).text()).isEqualTo("hop 999");
        site().pass(Duration.ofSeconds(60));
        assertThat(failure("c-1", GatewayState.TIMEOUT).message()).contains("60 s");
        end.countDown();
    }

    @Test
    void aHandlerThatDoesNotStopIsReportedAndKeepsItsPlace() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        site().handle("camera_reboot", (parameters, context) -> {
            effects.add(context.id());
            while (release.getCount() > 0) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    effects.add("deaf");
                }
            }
            return DONE;
        });
        site().submit(site().envelope("c-1", "camera_reboot", "cam-1", Map.of()));
        await().untilAsserted(() -> assertThat(effects).hasSize(1));
        site().pass(Duration.ofSeconds(241));
        await().untilAsserted(() -> assertThat(effects).contains("deaf"));
        site().pass(Runner.PATIENCE);
        assertThat(failure("c-1", GatewayState.TIMEOUT).message()).contains("may still be going on");
        site().submit(site().envelope("c-2", "camera_reboot", "cam-1", Map.of()));
        assertThat(site().state(site().executor.get("c-2"))).isEqualTo(GatewayState.QUEUED);
        release.countDown();
        awaitResult("c-2");
        assertThat(site().state(site().executor.get("c-1"))).isEqualTo(GatewayState.TIMEOUT);
        assertThat(site().results("c-1")).isEqualTo(1);
        assertThat(site().journal.auditTrail(20)).anyMatch(line -> line.startsWith("late c-1"));
    }

    @Test
    void whatWaitsIsCancelledAtOnceAndWhatRunsIsAsked() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        site().handle("camera_reboot", (parameters, context) -> {
            effects.add(context.id());
            release.await();
            if (context.isCancelled()) {
                throw new CommandException(FailureCode.CANCELLED, "stopped in time");
            }
            return DONE;
        });
        List<String> unwanted = new CopyOnWriteArrayList<>();
        site().handlers.onCancelled(unwanted::add);
        site().submit(site().envelope("runs", "camera_reboot", "cam-1", Map.of()));
        Envelope waits = site().envelope("waits", "camera_reboot", "cam-1", Map.of());
        site().submit(waits);
        await().untilAsserted(() -> assertThat(effects).contains("runs"));
        assertThat(site().state(site().executor.cancel("waits"))).isEqualTo(GatewayState.CANCELLED);
        assertThat(site().state(site().executor.cancel("runs"))).isEqualTo(GatewayState.CANCELLING);
        assertThat(site().state(site().executor.get("runs"))).isEqualTo(GatewayState.CANCELLING);
        release.countDown();
        assertThat(failure("runs", GatewayState.CANCELLED).message()).isEqualTo("stopped in time");
        assertThat(failure("waits", GatewayState.CANCELLED).stage()).isEqualTo(Failure.QUEUE);
        assertThat(site().state(site().submit(waits))).isEqualTo(GatewayState.CANCELLED);
        assertThat(effects).containsExactly("runs");
        await().untilAsserted(() -> assertThat(unwanted).containsExactly("runs"));
    }

    @Test
    void aCancelThatComesTooLateGetsTheTruth() throws Exception {
        site().handle("get_ip_config", (parameters, context) -> DONE);
        site().submit(site().envelope("c-1", "get_ip_config", Site.GATEWAY, Map.of()));
        awaitResult("c-1");
        Reply reply = site().executor.cancel("c-1");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(site().state(reply)).isEqualTo(GatewayState.SUCCESS);
    }

    @Test
    void aCommandThatWasCancelledBeforeItCameHasNoEffect() throws IOException {
        site().handle("get_ip_config", (parameters, context) -> {
            effects.add("ran");
            return DONE;
        });
        Reply reply = site().executor.cancel("c-1");
        assertThat(reply.status()).isEqualTo(404);
        site().restart();
        Envelope late = site().envelope("c-1", "get_ip_config", Site.GATEWAY, Map.of());
        assertThat(site().state(site().submit(late))).isEqualTo(GatewayState.CANCELLED);
        assertThat(site().result("c-1").orElseThrow().status()).isEqualTo(GatewayState.CANCELLED);
        assertThat(effects).isEmpty();
    }

    @Test
    void failuresBecomeTheirCodesAndFaultsAreNotTold() throws Exception {
        site().handle("get_ip_config", (parameters, context) -> {
            throw new CommandException(FailureCode.UNAVAILABLE, "no disk");
        });
        site().handle("get_dns_config", (parameters, context) -> {
            throw new IllegalStateException("secret path /etc");
        });
        site().handle("get_ntp_status", (parameters, context) -> {
            throw new CommandException(FailureCode.NOT_ALLOWED, "not here");
        });
        site().handle("get_temperature", (parameters, context) -> {
            throw new StackOverflowError();
        });
        site().handle(
                        "get_process_status",
                        (parameters, context) -> new CommandResult(Map.of("text", "x".repeat(70_000))));
        for (String type :
                List.of("get_ip_config", "get_dns_config", "get_ntp_status", "get_temperature", "get_process_status")) {
            site().submit(site().envelope(type, type, Site.GATEWAY, Map.of()));
        }
        assertThat(failure("get_ip_config", GatewayState.FAILED).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure("get_ntp_status", GatewayState.REJECTED).code()).isEqualTo(ErrorCode.NOT_ALLOWED);
        assertThat(failure("get_dns_config", GatewayState.FAILED).message()).doesNotContain("/etc");
        assertThat(failure("get_temperature", GatewayState.FAILED).code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(failure("get_process_status", GatewayState.FAILED).code()).isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void aResultIsSentAgainUntilTheServerHasIt() throws Exception {
        site().handle("get_ip_config", (parameters, context) -> DONE);
        site().submit(site().envelope("c-1", "get_ip_config", Site.GATEWAY, Map.of()));
        awaitResult("c-1");
        site().pass(Duration.ofSeconds(2));
        site().pass(Duration.ofSeconds(61));
        assertThat(site().results("c-1")).isEqualTo(2);
        site().pass(Duration.ofSeconds(61));
        assertThat(site().results("c-1")).isEqualTo(2);
        site().restart();
        site().executor.pull();
        assertThat(site().results("c-1")).isEqualTo(3);
        CommandReport.Pull pull = pull();
        assertThat(pull.commands()).containsEntry("c-1", GatewayState.SUCCESS);
        assertThat(pull.available()).containsExactly("get_ip_config");
        site().executor.confirm(List.of("c-1", "unknown"));
        site().pass(Duration.ofHours(2));
        site().executor.pull();
        assertThat(site().results("c-1")).isEqualTo(3);
    }

    @Test
    void aRestartRunsTheIdempotentAgainAndReportsTheOthers() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        site().handle("run_diagnostics", (parameters, context) -> {
            effects.add("diagnostics");
            never.await();
            return DONE;
        });
        site().handle("camera_reboot", (parameters, context) -> {
            effects.add("reboot");
            never.await();
            return DONE;
        });
        site().submit(site().envelope("c-1", "run_diagnostics", Site.GATEWAY, Map.of()));
        site().submit(site().envelope("c-2", "camera_reboot", "cam-1", Map.of()));
        site().submit(site().envelope("c-3", "camera_reboot", "cam-1", Map.of()));
        await().untilAsserted(() -> assertThat(effects).hasSize(2));
        site().handle("run_diagnostics", (parameters, context) -> DONE);
        site().handle("camera_reboot", (parameters, context) -> DONE);
        site().restart();
        awaitResult("c-1");
        awaitResult("c-3");
        assertThat(site().result("c-1").orElseThrow().status()).isEqualTo(GatewayState.SUCCESS);
        assertThat(failure("c-2", GatewayState.FAILED).code()).isEqualTo(ErrorCode.INTERRUPTED);
        assertThat(site().result("c-3").orElseThrow().status()).isEqualTo(GatewayState.SUCCESS);
    }

    @Test
    void aCommandDuringWhichTheGatewayEndsAgainAndAgainIsGivenUp() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        site().handle("run_diagnostics", (parameters, context) -> {
            effects.add("begun");
            never.await();
            return DONE;
        });
        site().submit(site().envelope("c-1", "run_diagnostics", Site.GATEWAY, Map.of()));
        for (int run = 1; run <= CommandExecutor.MAX_RUNS; run++) {
            int begun = run;
            await().untilAsserted(() -> assertThat(effects).hasSize(begun));
            site().restart();
        }
        assertThat(failure("c-1", GatewayState.FAILED).message()).contains("3 times");
        assertThat(effects).hasSize(CommandExecutor.MAX_RUNS);
    }

    @Test
    void afterARestartACommandWaitsForItsHandlerAndIsRejectedWhenNoneComes() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        site().handle("camera_reboot", (parameters, context) -> {
            never.await();
            return DONE;
        });
        site().submit(site().envelope("runs", "camera_reboot", "cam-1", Map.of()));
        site().handle("run_diagnostics", (parameters, context) -> DONE);
        site().configure(new Settings(
                site().settings.serverKeys(),
                site().settings.key(),
                site().settings.allowed(),
                site().settings.skew(),
                1,
                50,
                100,
                site().settings.keepFor(),
                site().settings.repeat(),
                List.of()));
        site().submit(site().envelope("c-1", "run_diagnostics", Site.GATEWAY, Map.of()));
        site().handlers
                .names()
                .forEach(name ->
                        site().handlers.remove(name, site().handlers.find(name).orElseThrow()));
        site().restart();
        assertThat(site().state(site().executor.get("c-1"))).isEqualTo(GatewayState.QUEUED);
        site().pass(Runner.HANDLER_PATIENCE);
        assertThat(failure("c-1", GatewayState.REJECTED).code()).isEqualTo(ErrorCode.NOT_AVAILABLE_ON_GATEWAY);
    }

    @Test
    void theJournalForgetsWhatIsOldButTakesNothingASecondTime() throws Exception {
        site().handle("get_ip_config", (parameters, context) -> {
            effects.add(context.id());
            return DONE;
        });
        Envelope old = site().envelope("old", "get_ip_config", Site.GATEWAY, Map.of());
        site().submit(old);
        awaitResult("old");
        assertThat(forget()).isZero();
        assertThat(site().journal.find("old")).isPresent();
        site().executor.confirm(List.of("old"));
        site().pass(Duration.ofDays(2));
        assertThat(forget()).isZero();
        assertThat(site().journal.find("old")).isEmpty();
        // somebody who has kept the command turns the gateway's clock back
        site().now = Site.START;
        assertThat(Site.error(site().submit(old))).isEqualTo("expired");
        assertThat(effects).containsExactly("old");
    }

    @Test
    void aDamagedJournalIsSetAsideAndOldCommandsAreNotTakenAgain() throws Exception {
        site().handle("get_ip_config", (parameters, context) -> {
            effects.add(context.id());
            return DONE;
        });
        Envelope old = site().envelope("old", "get_ip_config", Site.GATEWAY, Map.of());
        site().submit(old);
        awaitResult("old");
        site().journal.close();
        Path file = (directory == null ? Path.of("") : directory).resolve("commands.sqlite");
        java.nio.file.Files.write(file, new byte[8_192]);
        site().now = site().now.plusSeconds(1);
        site().restart();
        assertThat(site().journal.wasDamaged()).isTrue();
        assertThat(Site.error(site().submit(old))).isEqualTo("expired");
        site().now = site().now.plusSeconds(1);
        site().submit(site().envelope("new", "get_ip_config", Site.GATEWAY, Map.of()));
        awaitResult("new");
        assertThat(effects).containsExactly("old", "new");
    }

    @Test
    void whatWaitsTooLongIsRejected() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        site().handle("camera_reboot", (parameters, context) -> {
            effects.add(context.id());
            release.await();
            return DONE;
        });
        site().submit(site().envelope("c-1", "camera_reboot", "cam-1", Map.of()));
        site().submit(site().envelope("c-2", "camera_reboot", "cam-1", Map.of()));
        await().untilAsserted(() -> assertThat(effects).containsExactly("c-1"));
        site().now = site().now.plusSeconds(661);
        site().pass(Duration.ZERO);
        assertThat(failure("c-2", GatewayState.REJECTED).code()).isEqualTo(ErrorCode.EXPIRED);
        release.countDown();
        awaitResult("c-1");
        assertThat(effects).containsExactly("c-1");
    }

    @Test
    void nothingIsTakenThatCannotBeWrittenDown() throws Exception {
        site().handle("get_ip_config", (parameters, context) -> {
            effects.add("ran");
            return DONE;
        });
        whileTheDiskTakesNo("INSERT", () -> {
            Envelope envelope = site().envelope("c-1", "get_ip_config", Site.GATEWAY, Map.of());
            Reply reply = site().submit(envelope);
            assertThat(reply.status()).isEqualTo(503);
            assertThat(Site.error(reply)).isEqualTo("unavailable");
            assertThat(effects).isEmpty();
        });
        site().submit(site().envelope("c-1", "get_ip_config", Site.GATEWAY, Map.of()));
        awaitResult("c-1");
    }

    @Test
    void aResultThatCannotBeWrittenDownIsSentWhenItCan() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        site().handle("get_ip_config", (parameters, context) -> {
            effects.add("ran");
            release.await();
            return DONE;
        });
        site().submit(site().envelope("c-1", "get_ip_config", Site.GATEWAY, Map.of()));
        await().untilAsserted(() -> assertThat(effects).hasSize(1));
        whileTheDiskTakesNo("UPDATE", () -> {
            release.countDown();
            await().untilAsserted(() ->
                    assertThat(site().state(site().executor.get("c-1"))).isEqualTo(GatewayState.SUCCESS));
            site().pass(Duration.ofSeconds(1));
            assertThat(site().result("c-1")).isEmpty();
        });
        site().pass(Duration.ofSeconds(1));
        assertThat(site().result("c-1").orElseThrow().status()).isEqualTo(GatewayState.SUCCESS);
    }

    @Test
    void whatAnybodyCanSendIsWrittenDownInMeasure() throws Exception {
        for (int i = 0; i < 200; i++) {
            site().executor.submit("nonsense " + i);
            site().executor.cancel("unknown-" + i);
        }
        assertThat(site().journal.auditTrail(1_000).stream().filter(line -> line.startsWith("refused")))
                .hasSize(30);
        assertThat(site().journal.count()).isEqualTo(60);
        assertThat(site().events).hasSize(1);
        site().pass(Duration.ofSeconds(60));
        assertThat(site().executor.cancel("unknown-300").status()).isEqualTo(404);
    }

    /** A trigger refuses what a full disk would refuse. */
    private void whileTheDiskTakesNo(String change, ThrowingRunnable work) throws Exception {
        String url = "jdbc:sqlite:" + (directory == null ? "" : directory.resolve("commands.sqlite"));
        try (Connection other = new JDBC().connect(url, new Properties());
                Statement statement = other.createStatement()) {
            statement.execute(
                    "CREATE TRIGGER full BEFORE " + change + " ON command BEGIN SELECT RAISE(FAIL, 'full');" + " END");
            work.run();
            statement.execute("DROP TRIGGER full");
        }
    }

    /** Work that may throw. */
    @FunctionalInterface
    private interface ThrowingRunnable {
        void run() throws Exception;
    }

    private int forget() throws IOException {
        return site().journal.forget(100, Duration.ofDays(1), Duration.ofSeconds(60));
    }

    private CommandReport.Pull pull() throws CommandRefusedException {
        List<Site.Sent> pulls = site().sent.stream()
                .filter(sent -> sent.subject().equals("command/pull"))
                .toList();
        return CommandReport.Pull.read(pulls.get(pulls.size() - 1).body());
    }

    private Failure failure(String id, GatewayState state) {
        awaitResult(id);
        CommandReport.Result result = site().result(id).orElseThrow();
        assertThat(result.status()).as("%s", result).isEqualTo(state);
        Failure failure = result.error();
        if (failure == null) {
            throw new AssertionError(result);
        }
        return failure;
    }

    private void awaitResult(String id) {
        await().untilAsserted(() -> assertThat(site().result(id)).as(id).isPresent());
    }

    private Site site() {
        if (opened == null) {
            throw new IllegalStateException();
        }
        return opened;
    }
}
