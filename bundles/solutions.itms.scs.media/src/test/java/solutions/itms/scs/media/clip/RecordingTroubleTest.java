package solutions.itms.scs.media.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.testkit.rtsp.Recording;
import solutions.itms.scs.testkit.rtsp.ReplayServer;
import solutions.itms.scs.testkit.rtsp.RtspFault;

/** Cuts, losses, gaps and refusals: the clip is right, or says what is missing. */
class RecordingTroubleTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final ReplayServer server = new ReplayServer()
            .add(Recording.of("one", 1, START, START.plusSeconds(120), Recording.Format.small()))
            .add(new Recording(
                    "gap",
                    2,
                    "with a gap",
                    List.of(
                            new Recording.TimeSpan(START, START.plusSeconds(30)),
                            new Recording.TimeSpan(START.plusSeconds(42), START.plusSeconds(120))),
                    Recording.Format.small()));

    @TempDir
    private Path folder;

    private Path file;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void tenCutsLeaveNoTrace() throws Exception {
        server.fault(RtspFault.CUTS_TEN_TIMES).cutAfter(400);
        Clip clip = export("one", START.plusSeconds(10), START.plusSeconds(100));
        assertThat(clip.complete()).as(clip.toString()).isTrue();
        assertThat(clip.reconnects()).isEqualTo(10);
        assertThat(clip.frames()).isEqualTo(90 * 25);
        Probe.risesStrictly(file, "v");
        assertThat(Probe.seconds(file)).isCloseTo(90, within(0.041));
        assertThat(Probe.decodedClock(file, 416, 240)).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void aServerThatStopsSendingLeavesAPartThatCanBePlayed() throws Exception {
        server.fault(RtspFault.STOPS_SENDING).cutAfter(60);
        ClipOrder order = order("one", START, START.plusSeconds(60), Duration.ofMillis(600), 1);
        file = folder.resolve("clip.mp4");
        Clip clip = new ClipExporter().run(order, file, ClipWatcher.NONE);
        assertThat(clip.complete()).isFalse();
        assertThat(clip.last()).isBefore(START.plusSeconds(60));
        assertThat(clip.gaps())
                .hasSize(1)
                .first()
                .satisfies(gap -> assertThat(gap.to()).isEqualTo(START.plusSeconds(60)));
        assertThat(clip.notes()).anyMatch(note -> note.contains("the rest is missing: nothing was sent"));
        Probe.decodes(file);
    }

    @Test
    void aServerThatCutsAgainAndAgainLeavesAPartThatCanBePlayed() throws Exception {
        server.fault(RtspFault.CUTS).cutAfter(2);
        Clip clip = export("one", START.plusSeconds(10), START.plusSeconds(40));
        assertThat(clip.complete()).isFalse();
        assertThat(clip.notes()).anyMatch(note -> note.contains("the connection to the recorder was cut"));
        Probe.decodes(file);
    }

    @Test
    void lostPacketsCostPicturesAndNothingElse() throws Exception {
        server.fault(RtspFault.LOSES_PACKETS);
        Clip clip = export("one", START, START.plusSeconds(100));
        assertThat(clip.complete()).isFalse();
        assertThat(clip.lostPackets()).isGreaterThan(50);
        assertThat(clip.frames()).isBetween(50L, 2_400L);
        assertThat(clip.notes()).anyMatch(note -> note.contains("packets were lost"));
        Probe.decodes(file);
        Probe.risesStrictly(file, "v");
    }

    @Test
    void whatOneLostPacketCostIsFetchedOnceMore() throws Exception {
        server.fault(RtspFault.LOSES_ONE_PACKET);
        Clip clip = export("one", START, START.plusSeconds(20));
        assertThat(clip.lostPackets()).isEqualTo(1);
        assertThat(clip.complete()).as(clip.toString()).isTrue();
        assertThat(clip.frames()).as(clip.toString()).isEqualTo(20L * 25);
        assertThat(clip.last()).isEqualTo(START.plusMillis(19_960));
        assertThat(clip.mended()).hasSize(1);
        assertThat(clip.missing()).isEmpty();
        assertThat(clip.notes())
                .anyMatch(note -> note.startsWith("1 packets were lost"))
                .anyMatch(note -> note.startsWith("of 1 stretches with losses 1 were fetched once more whole"));
        Probe.decodes(file);
        Probe.risesStrictly(file, "v");
        assertThat(Probe.seconds(file)).isCloseTo(20, within(0.041));
        Path whole = folder.resolve("whole.mp4");
        Path lossy = Files.move(file, folder.resolve("lossy.mp4"));
        server.heal();
        export("one", START, START.plusSeconds(20));
        Files.move(file, whole);
        assertThat(pictures(lossy)).isEqualTo(pictures(whole));
    }

    private static String pictures(Path clip) {
        return Probe.run("ffmpeg", "-v", "error", "-i", clip.toString(), "-f", "framemd5", "-");
    }

    @Test
    void whatCantBeFetchedAnotherTimeIsMissingAndTold() throws Exception {
        server.fault(RtspFault.LOSES_ONE_PACKET);
        ClipSource source = ClipSource.of(server.replayUri("one"), null, ReplayStyle.URL);
        file = folder.resolve("clip.mp4");
        ClipOrder order = new ClipOrder(
                source, START, START.plusSeconds(2), true, 10_000_000, Duration.ofSeconds(2), Duration.ofMinutes(1), 0);
        Clip clip = new ClipExporter().run(order, file, ClipWatcher.NONE);
        assertThat(clip.complete()).as(clip.toString()).isFalse();
        assertThat(clip.frames()).isLessThan(50);
        assertThat(clip.missing()).hasSize(1);
        assertThat(clip.notes()).anyMatch(note -> note.startsWith("pictures are missing between"));
        Probe.decodes(file);
    }

    @Test
    void theClockOfEachPictureIsRightAfterAGap() throws Exception {
        Clip clip = export("gap", START.plusSeconds(20), START.plusSeconds(60));
        assertThat(clip.gaps()).containsExactly(new Span(START.plusSeconds(30), START.plusSeconds(42)));
        assertThat(clip.complete()).isFalse();
        assertThat(clip.duration()).isEqualTo(Duration.ofSeconds(40));
        assertThat(Probe.seconds(file)).isCloseTo(40, within(0.041));
        Probe.decodes(file);
        List<double[]> packets = Probe.packets(file, "v");
        assertThat(packets.get(250)[1] - packets.get(249)[1]).isCloseTo(12.04, within(0.001));
    }

    @Test
    void aStartInAGapIsTheNextPicture() throws Exception {
        Clip clip = export("gap", START.plusSeconds(35), START.plusSeconds(60));
        assertThat(clip.shown()).isEqualTo(START.plusSeconds(42));
        assertThat(clip.gaps()).containsExactly(new Span(START.plusSeconds(35), START.plusSeconds(42)));
        assertThat(Probe.decodedClock(file, 416, 240)).isEqualTo(START.plusSeconds(42));
    }

    @Test
    void aTimeWithoutRecordingsIsToldApart() {
        assertThatThrownBy(() -> export("one", START.plusSeconds(500), START.plusSeconds(520)))
                .isInstanceOfSatisfying(
                        MediaException.class, e -> assertThat(e.kind()).isEqualTo(MediaException.Kind.NOTHING_THERE));
    }

    @Test
    void aRecordingThatIsNotThereIsToldApart() {
        assertThatThrownBy(() -> export("none", START, START.plusSeconds(20)))
                .isInstanceOfSatisfying(
                        MediaException.class, e -> assertThat(e.kind()).isEqualTo(MediaException.Kind.NOTHING_THERE));
    }

    @Test
    void aServerThatIsNotThereIsToldApart() {
        server.close();
        assertThatThrownBy(() -> export("one", START, START.plusSeconds(20)))
                .isInstanceOfSatisfying(
                        MediaException.class, e -> assertThat(e.kind()).isEqualTo(MediaException.Kind.UNREACHABLE));
    }

    @Test
    void aClipThatIsCalledOffIsThereAsFarAsItGot() {
        AtomicReference<Instant> reached = new AtomicReference<>();
        ClipWatcher watcher = new ClipWatcher() {
            @Override
            public void reached(Instant mediaTime, long bytes) {
                reached.set(mediaTime);
            }

            @Override
            public boolean cancelled() {
                return reached.get() != null && reached.get().isAfter(START.plusSeconds(1));
            }
        };
        ClipOrder order = new ClipOrder(
                ClipSource.of(server.replayUri("one"), null, ReplayStyle.RANGE),
                START,
                START.plusSeconds(60),
                true,
                100_000_000,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                3);
        file = folder.resolve("clip.mp4");
        assertThatThrownBy(() -> new ClipExporter().run(order, file, watcher))
                .isInstanceOfSatisfying(MediaException.class, e -> {
                    assertThat(e.kind()).isEqualTo(MediaException.Kind.CANCELLED);
                    assertThat(e.partial()).isPresent();
                    assertThat(e.partial().get().notes()).contains("it was called off");
                });
        Probe.decodes(file);
    }

    @Test
    void anInterruptedExportLeavesNothing() throws Exception {
        ClipSource source = ClipSource.of(server.replayUri("one"), null, ReplayStyle.RANGE);
        ClipOrder order = ClipOrder.of(source, START, START.plusSeconds(60));
        file = folder.resolve("clip.mp4");
        AtomicReference<Exception> failure = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                new ClipExporter().run(order, file, ClipWatcher.NONE);
            } catch (MediaException | InterruptedException e) {
                failure.set(e);
            }
        });
        thread.start();
        org.awaitility.Awaitility.await().until(() -> server.requests().stream().anyMatch(r -> r.startsWith("PLAY")));
        thread.interrupt();
        thread.join();
        assertThat(failure.get()).isInstanceOf(InterruptedException.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void aClipEndsAtItsLimitOfBytes() throws Exception {
        ClipSource source = ClipSource.of(server.replayUri("one"), null, ReplayStyle.ONVIF);
        ClipOrder order = new ClipOrder(
                source,
                START,
                START.plusSeconds(100),
                true,
                2_000_000,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                3);
        file = folder.resolve("clip.mp4");
        Clip clip = new ClipExporter().run(order, file, ClipWatcher.NONE);
        assertThat(clip.complete()).isFalse();
        assertThat(Files.size(file)).isBetween(1_900_000L, 3_000_000L);
        assertThat(clip.notes()).anyMatch(note -> note.contains("limit of 2000000 bytes"));
        Probe.decodes(file);
    }

    @Test
    void aFileThatCantBeWrittenIsToldApart() {
        assertThatThrownBy(() -> {
                    file = folder.resolve("no-such-folder").resolve("clip.mp4");
                    new ClipExporter()
                            .run(
                                    order("one", START, START.plusSeconds(60), Duration.ofSeconds(5), 3),
                                    file,
                                    ClipWatcher.NONE);
                })
                .isInstanceOfSatisfying(
                        MediaException.class, e -> assertThat(e.kind()).isEqualTo(MediaException.Kind.DISK));
    }

    private Clip export(String token, Instant from, Instant to) throws Exception {
        file = folder.resolve("clip.mp4");
        return new ClipExporter().run(order(token, from, to, Duration.ofMillis(1_500), 3), file, ClipWatcher.NONE);
    }

    private ClipOrder order(String token, Instant from, Instant to, Duration idle, int reconnects) {
        ClipSource source = ClipSource.of(server.replayUri(token), null, ReplayStyle.ONVIF);
        return new ClipOrder(source, from, to, true, 100_000_000, idle, Duration.ofMinutes(1), reconnects);
    }
}
