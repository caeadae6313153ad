package solutions.itms.scs.nvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.command.CommandException;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.media.clip.MediaException;
import solutions.itms.scs.message.command.CommandRegistry;
import solutions.itms.scs.message.command.JsonText;
import solutions.itms.scs.store.FileStores;

class ExportCommandsTest {
    private static final String CLIP = "export_recording_clip";

    @TempDir
    Path directory;

    private Lab lab;

    @BeforeEach
    void add() {
        lab = new Lab(directory);
        lab.recorder();
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(lab.simulated.device().problems()).isEmpty();
        assertThat(lab.spool.taken()).isZero();
        assertThat(directory.resolve("spool"))
                .satisfiesAnyOf(
                        spool -> assertThat(spool).doesNotExist(),
                        spool -> assertThat(spool).isEmptyDirectory());
        await().until(() -> lab.replay.openConnections() == 0);
        lab.close();
    }

    private static Map<String, Object> clip(String channel, Instant from, Instant to) {
        return Map.of("channel", channel, "from", from.toString(), "to", to.toString());
    }

    private static Map<String, Object> twentySeconds(double minute) {
        return clip("1", Lab.at(minute), Lab.at(minute).plusSeconds(20));
    }

    @Test
    @DisplayName("REPLAYCONTROL-1, REPLAYCONTROL-4: a clip of H.264 comes over RTSP, with a sheet that says what it is")
    void aClipComesWithASheetThatSaysWhatItIs() throws Exception {
        Lab.Context context = new Lab.Context("c-7");
        Map<String, Object> asked =
                clip("1", Lab.at(5).plusMillis(480), Lab.at(5).plusSeconds(20));
        CommandResult result = lab.run(CLIP, asked, context);
        var type = CommandRegistry.standard().find(CLIP).orElseThrow();
        assertThat(type.parameters().validate(asked)).isEmpty();
        assertThat(type.result().validate(result.values())).isEmpty();
        assertThat(result.values())
                .containsEntry("requestedFrom", Lab.at(5).plusMillis(480).toString())
                .containsEntry("complete", true)
                .containsEntry("codec", "avc1.42c028")
                .containsEntry("width", 416L)
                .containsEntry("gaps", List.of());
        Instant from = Instant.parse(String.valueOf(result.values().get("from")));
        assertThat(Duration.between(Lab.at(5).plusMillis(480), from).abs()).isLessThan(Duration.ofMillis(50));
        Instant first = Instant.parse(String.valueOf(result.values().get("firstFrame")));
        assertThat(Duration.between(Lab.at(5), first).abs())
                .as("it begins with the key frame before")
                .isLessThan(Duration.ofMillis(50));
        Lab.Stored mp4 = lab.files.get(0);
        assertThat(mp4.info().name())
                .isEqualTo("nvr-1-1-" + Lab.at(5).toString().replaceAll("[-:]", "") + ".mp4");
        assertThat(mp4.info().command()).isEqualTo("c-7");
        assertThat(result.values())
                .containsEntry("sha256", Lab.sha256(mp4.content()))
                .containsEntry("bytes", (long) mp4.content().length);
        assertThat(result.artifacts()).hasSize(2);
        Map<String, Object> sheet = JsonText.readObject(lab.files.get(1).content(), 100_000);
        assertThat(lab.files.get(1).info().name()).endsWith(".evidence.json");
        assertThat(sheet)
                .containsEntry("sha256", Lab.sha256(mp4.content()))
                .containsEntry("file", mp4.info().name());
        assertThat(sheet.get("recorder").toString())
                .contains("id=nvr-1", "manufacturer=Simulated", "model=Recorder", "firmware=5.7.1", "serial=S1");
        assertThat(sheet.get("request").toString())
                .contains("command=c-7", "requestedBy=ann", "approvedBy=bob", "begun=", "ended=");
        assertThat(sheet.get("recording").toString()).contains("requestedTo=", "frames=", "gaps=[]", "channel=1");
        assertThat(lab.files.get(1).text()).doesNotContain("secret");
        assertThat(lab.replay.requests())
                .anyMatch(request -> request.startsWith("DESCRIBE"))
                .anyMatch(request -> request.startsWith("SETUP"))
                .anyMatch(request -> request.startsWith("PLAY"))
                .anyMatch(request -> request.startsWith("TEARDOWN"));
        assertThat(context.progress).isNotEmpty();
    }

    @Test
    void aPictureIsTheOneAtAMomentOrJustBefore() throws Exception {
        CommandResult result = lab.run(
                "export_snapshot_at",
                Map.of("recording", "platform", "at", Lab.at(12).plusMillis(500).toString()));
        assertThat(CommandRegistry.standard()
                        .find("export_snapshot_at")
                        .orElseThrow()
                        .result()
                        .validate(result.values()))
                .isEmpty();
        Instant at = Instant.parse(String.valueOf(result.values().get("at")));
        assertThat(at).isBetween(Lab.at(12), Lab.at(12).plusMillis(500));
        assertThat(lab.files.get(0).info().name()).startsWith("nvr-1-2-").endsWith(".mp4");
    }

    @Test
    void aGapIsToldAndNothingInItIsNothing() throws Exception {
        CommandResult over = lab.run(CLIP, clip("1", Lab.at(19.9), Lab.at(30.1)));
        List<?> gaps = (List<?>) over.values().get("gaps");
        assertThat(gaps).hasSize(1);
        Map<?, ?> gap = (Map<?, ?>) gaps.get(0);
        assertThat(Duration.between(Lab.at(20), Instant.parse(String.valueOf(gap.get("from"))))
                        .abs())
                .isLessThan(Duration.ofMillis(100));
        assertThat(lab.failure(CLIP, clip("1", Lab.at(22), Lab.at(23)), new Lab.Context("c-2"))
                        .code())
                .isEqualTo(FailureCode.NOT_FOUND);
        assertThat(lab.files).hasSize(2);
    }

    @Test
    void aRecorderWithAWrongClockIsAskedByItAndThatIsSaid() throws Exception {
        lab.simulated.device().skew(Duration.ofMinutes(-10));
        CommandResult result = lab.run(CLIP, twentySeconds(15));
        Instant from = Instant.parse(String.valueOf(result.values().get("from")));
        assertThat(Duration.between(Lab.at(15), from).abs()).isLessThan(Duration.ofSeconds(2));
        assertThat(result.values().get("notes").toString()).contains("behind; all times were corrected");
        Map<String, Object> sheet = JsonText.readObject(lab.files.get(1).content(), 100_000);
        Map<?, ?> clock = (Map<?, ?>) sheet.get("recorderClock");
        Instant shown = Instant.parse(String.valueOf(clock.get("from")));
        assertThat(Duration.between(Lab.at(5), shown).abs()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void whatIsTooMuchIsRefusedWithTheLimit() throws Exception {
        assertThat(lab.failure(CLIP, clip("1", Lab.at(0), Lab.at(15.1))))
                .hasMessage("to must be at most 900 seconds after from, the limit of this gateway");
        assertThat(lab.failure(CLIP, clip("1", Lab.at(59), Lab.at(200))))
                .hasMessageContaining("to must be at most 900")
                .extracting("code")
                .isEqualTo(FailureCode.INVALID_PARAMETERS);
        assertThat(lab.failure(CLIP, clip("1", Lab.at(60), Lab.at(70))))
                .hasMessageContaining("to must not be in the future");
        assertThat(lab.failure(
                        CLIP,
                        Map.of("from", Lab.at(1).toString(), "to", Lab.at(2).toString())))
                .hasMessage("channel or recording must be given");
        assertThat(lab.failure(CLIP, clip("9", Lab.at(1), Lab.at(2))))
                .hasMessage("there is no channel 9; there are channels 1, 2");
        lab.spool.quota(500_000_000);
        assertThat(lab.failure(CLIP, twentySeconds(1))).hasMessageContaining("no room for another clip: 500 MB");
    }

    @Test
    void aCommandThatComesAgainMakesOneResult() throws Exception {
        CommandResult first = lab.run(CLIP, twentySeconds(5));
        int connections = lab.replay.connections();
        CommandResult second = lab.run(CLIP, twentySeconds(5));
        assertThat(second).isEqualTo(first);
        assertThat(lab.files).hasSize(2);
        assertThat(lab.replay.connections()).isEqualTo(connections);
        lab.memory.export("c-2", new Memory.Export(Instant.now(), null));
        lab.run(CLIP, twentySeconds(6), new Lab.Context("c-2"));
        assertThat(lab.cancelled)
                .as("what it had handed over before a crash is given up")
                .containsExactly("c-2");
    }

    @Test
    void aCommandThatComesAgainAfterARestartTellsWhatItToldBefore() throws Exception {
        FileStores stores = new FileStores(directory, java.time.Clock.systemUTC());
        lab.close();
        lab = new Lab(directory, Memory.open(stores));
        lab.recorder();
        CommandResult first = lab.run(CLIP, twentySeconds(5));
        lab.close();
        lab = new Lab(directory, Memory.open(stores));
        lab.recorder();
        assertThat(lab.run(CLIP, twentySeconds(5))).isEqualTo(first);
        assertThat(lab.files).isEmpty();
        assertThat(lab.replay.connections()).isZero();
    }

    @Test
    void oneThatIsCancelledOrCutOffByTheEndLeavesNothing() throws Exception {
        CountDownLatch began = new CountDownLatch(2);
        lab.maker = (order, file, watcher) -> {
            began.countDown();
            await().atMost(Duration.ofSeconds(10)).until(watcher::cancelled);
            throw new MediaException(MediaException.Kind.CANCELLED, "the export was called off", null);
        };
        Lab.Context one = new Lab.Context("c-1");
        Lab.Context two = new Lab.Context("c-2");
        CompletableFuture<CommandException> first = CompletableFuture.supplyAsync(() -> failed(one));
        CompletableFuture<CommandException> second = CompletableFuture.supplyAsync(() -> failed(two));
        began.await();
        assertThat(lab.fetcher.running()).isEqualTo(2);
        one.cancelled.set(true);
        assertThat(first.join().code()).isEqualTo(FailureCode.CANCELLED);
        lab.fetcher.close();
        assertThat(second.join().code()).isEqualTo(FailureCode.UNAVAILABLE);
        assertThat(lab.files).isEmpty();
    }

    private CommandException failed(Lab.Context context) {
        try {
            return lab.failure(CLIP, twentySeconds(5), context);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void notMoreClipsOfARecorderAreFetchedAtOnceThanIsConfigured() throws Exception {
        lab.recorder("exports", 1);
        await().until(() -> lab.fleet.find("nvr-1").orElseThrow().device() != null);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ClipMaker real = lab.maker;
        lab.maker = (order, file, watcher) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                return real.run(order, file, watcher);
            } finally {
                now.decrementAndGet();
            }
        };
        List<CompletableFuture<Void>> all = List.of("a", "b").stream()
                .map(id -> CompletableFuture.runAsync(() -> {
                    try {
                        lab.run(CLIP, twentySeconds(5), new Lab.Context(id));
                    } catch (CommandException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }))
                .toList();
        all.forEach(CompletableFuture::join);
        assertThat(most).hasValue(1);
        assertThat(lab.files).hasSize(4);
    }

    @Test
    void aWrongPasswordOfTheReplayIsSaidWithoutThePassword() throws Exception {
        lab.replay.login("MD5", "admin", "other");
        CommandException failure = lab.failure(CLIP, twentySeconds(5));
        assertThat(failure.code()).isEqualTo(FailureCode.UNAVAILABLE);
        assertThat(failure.getMessage()).doesNotContain("secret");
    }

    @Test
    void aPartOfAClipIsOfferedAsAPart() throws Exception {
        lab.maker = (order, file, watcher) -> {
            Clip0.write(file);
            throw new MediaException(
                    MediaException.Kind.STALLED, "the recorder sends nothing any more", Clip0.of(order));
        };
        CommandResult result = lab.run(CLIP, twentySeconds(5));
        assertThat(result.values()).containsEntry("complete", false);
        assertThat(result.values().get("notes").toString()).contains("sends nothing any more");
        assertThat(lab.files).hasSize(2);
    }

    /** A part of a clip, for what the recorder can't be made to do in a short time. */
    private static final class Clip0 {
        static void write(Path file) {
            try {
                Files.writeString(file, "part");
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            }
        }

        static solutions.itms.scs.media.clip.Clip of(solutions.itms.scs.media.clip.ClipOrder order) {
            Instant end = order.from().plusSeconds(3);
            return new solutions.itms.scs.media.clip.Clip(
                    order.from(),
                    order.from(),
                    end,
                    List.of(),
                    "avc1.64001f",
                    null,
                    416,
                    240,
                    75,
                    3,
                    4,
                    Duration.ofSeconds(3),
                    true,
                    List.of(),
                    0,
                    5,
                    List.of(),
                    List.of());
        }
    }

    @Test
    void aRecorderWithoutProfileGIsFetchedFromByItsAddress() throws Exception {
        lab.recorder(
                "replay.template",
                "rtsp://{host}:" + lab.replay.port() + "/replay/north?starttime={from:yyyyMMdd'T'HHmmss'Z'}",
                "replay.channels",
                "1=Gate north");
        await().until(() -> lab.fleet.find("nvr-1").orElseThrow().device() != null);
        String from = Lab.at(5).toString().replaceAll("[-:]", "");
        Lab.Context context = new Lab.Context("c-1");
        CompletableFuture<Void> export = CompletableFuture.runAsync(() -> {
            try {
                lab.run(CLIP, twentySeconds(5), context);
            } catch (CommandException | InterruptedException e) {
                context.progress(0, "ended");
            }
        });
        await().until(() -> lab.replay.requests().stream()
                .anyMatch(request -> request.startsWith("PLAY") || request.contains("PLAY")));
        assertThat(lab.replay.requests()).anyMatch(request -> request.contains("/replay/north?starttime=" + from));
        context.cancelled.set(true);
        export.join();
    }
}
