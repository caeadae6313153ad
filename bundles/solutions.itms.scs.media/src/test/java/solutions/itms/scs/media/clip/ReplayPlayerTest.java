package solutions.itms.scs.media.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.testkit.rtsp.EncodedFrames;
import solutions.itms.scs.testkit.rtsp.Recording;
import solutions.itms.scs.testkit.rtsp.ReplayServer;
import solutions.itms.scs.testkit.rtsp.RtspFault;

/** Playing back as ONVIF's Streaming Specification has it: directions, key frames alone, jumps, pauses; and its test cases. */
class ReplayPlayerTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final ReplayServer server = new ReplayServer()
            .add(Recording.of("one", 1, START, START.plusSeconds(60), Recording.Format.small()))
            .add(new Recording(
                    "gap",
                    2,
                    "with a gap",
                    List.of(
                            new Recording.TimeSpan(START, START.plusSeconds(3)),
                            new Recording.TimeSpan(START.plusSeconds(30), START.plusSeconds(33))),
                    Recording.Format.small()));

    private final List<ReplayedPicture> came = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        server.close();
    }

    private ReplayPlayer player(String token) throws Exception {
        return new ReplayPlayer(ClipSource.of(server.replayUri(token), null, ReplayStyle.ONVIF), PATIENCE, came::add);
    }

    private void play(String token, ReplayOrder order) throws Exception {
        try (ReplayPlayer player = player(token)) {
            player.play(order);
            untilEnd(player);
        }
    }

    private static void untilEnd(ReplayPlayer player) throws Exception {
        long limit = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!player.ended() && System.nanoTime() < limit) {
            player.poll(Duration.ofMillis(100));
        }
        assertThat(player.ended()).isTrue();
    }

    private List<Long> millis() {
        return came.stream()
                .map(picture -> Duration.between(START, picture.time()).toMillis())
                .toList();
    }

    private List<Long> keys() {
        return came.stream()
                .filter(ReplayedPicture::key)
                .map(picture -> Duration.between(START, picture.time()).toMillis())
                .toList();
    }

    private Map<String, String> asked(String method) {
        List<Map<String, String>> all = server.headers(method);
        return all.get(all.size() - 1);
    }

    private static void wellFormed(Map<String, String> request) {
        assertThat(request.get("URI")).startsWith("rtsp://127.0.0.1:");
        assertThat(Integer.parseInt(request.get("CSeq"))).isPositive();
    }

    /** What test cases 2, 3 and 4 ask of every request, and in which order. */
    private void conversationIsTheOneOfTheTestSpecification(String token) {
        await().until(() -> !server.headers("TEARDOWN").isEmpty()); // whose answer nobody waits for
        List<String> methods = server.requests().stream()
                .map(request -> request.split(" ")[0])
                .filter(method -> !method.equals("OPTIONS"))
                .toList();
        assertThat(methods).containsExactly("DESCRIBE", "SETUP", "PLAY", "TEARDOWN");
        assertThat(asked("DESCRIBE").get("URI")).isEqualTo(server.replayUri(token));
        methods.forEach(method -> wellFormed(asked(method)));
        assertThat(asked("SETUP")).containsEntry("Require", "onvif-replay").containsKey("Transport");
        assertThat(asked("PLAY"))
                .containsEntry("Require", "onvif-replay")
                .containsKey("Session")
                .containsEntry("Rate-Control", "no");
        assertThat(asked("TEARDOWN")).containsKey("Session");
    }

    @Test
    @DisplayName("REPLAYCONTROL-2: a recording of JPEG is played and stopped, and every picture is a whole JPEG")
    void aRecordingOfJpegIsPlayed() throws Exception {
        EncodedFrames jpeg = Encoders.jpeg(folder, START, 2);
        server.add("/replay/jpeg", jpeg);
        play("jpeg", ReplayOrder.forward(START, null));
        conversationIsTheOneOfTheTestSpecification("jpeg");
        assertThat(millis()).hasSize(10).startsWith(0L, 200L).isSorted();
        assertThat(came).allMatch(ReplayedPicture::key);
        assertThat(came.get(0).format().width()).isEqualTo(320);
        for (int i : List.of(0, 4, 9)) {
            Path mine = Files.write(folder.resolve("mine.jpg"), came.get(i).data());
            Path original = Files.write(
                    folder.resolve("original.jpg"), jpeg.frames().get(i).units().get(0));
            assertThat(pixels(mine)).as("picture %d", i).isEqualTo(pixels(original));
        }
    }

    private static String pixels(Path picture) {
        return Probe.run("ffmpeg", "-v", "error", "-i", picture.toString(), "-f", "md5", "-");
    }

    @Test
    void aClipOfJpegIsAFileThatSaysWhatPlaysIt() throws Exception {
        server.add("/replay/jpeg", Encoders.jpeg(folder, START, 4));
        Clip clip = clip("jpeg", START.plusMillis(500), START.plusMillis(3_500));
        assertThat(clip.videoCodec()).isEqualTo("mp4v.6c");
        assertThat(clip.complete()).as(clip.toString()).isTrue();
        assertThat(clip.notes()).anyMatch(note -> note.contains("browsers don't play these"));
        assertThat(Probe.seconds(folder.resolve("clip.mp4"))).isCloseTo(3, within(0.21));
        Probe.decodes(folder.resolve("clip.mp4"));
        assertThat(Probe.show(folder.resolve("clip.mp4"), "stream=codec_name")).isEqualTo("mjpeg");
    }

    @Test
    @DisplayName("REPLAYCONTROL-3: a recording of MPEG-4 is played and stopped")
    void aRecordingOfMpeg4IsPlayed() throws Exception {
        server.add("/replay/mpeg4", Encoders.mpeg4(folder, START, 2));
        play("mpeg4", ReplayOrder.forward(START, null));
        conversationIsTheOneOfTheTestSpecification("mpeg4");
        assertThat(millis()).hasSize(50).startsWith(0L, 40L).isSorted();
        assertThat(keys()).containsExactly(0L, 1_000L);
        assertThat(came.get(0).format().toString()).isEqualTo("mp4v.20.1 320x240");
    }

    @Test
    void aClipOfMpeg4IsAFile() throws Exception {
        server.add("/replay/mpeg4", Encoders.mpeg4(folder, START, 4));
        Clip clip = clip("mpeg4", START.plusMillis(1_500), START.plusMillis(3_500));
        assertThat(clip.complete()).as(clip.toString()).isTrue();
        assertThat(clip.first()).isEqualTo(START.plusSeconds(1));
        Probe.decodes(folder.resolve("clip.mp4"));
        assertThat(Probe.show(folder.resolve("clip.mp4"), "stream=codec_name")).isEqualTo("mpeg4");
    }

    private Clip clip(String token, Instant from, Instant to) throws Exception {
        ClipSource source = ClipSource.of(server.replayUri(token), null, ReplayStyle.ONVIF);
        ClipOrder order =
                new ClipOrder(source, from, to, true, 10_000_000, Duration.ofSeconds(2), Duration.ofMinutes(1), 1);
        return new ClipExporter().run(order, folder.resolve("clip.mp4"), ClipWatcher.NONE);
    }

    @Test
    @DisplayName("REPLAYCONTROL-4: a recording of H.264 is played and stopped")
    void aRecordingOfH264IsPlayed() throws Exception {
        play("one", ReplayOrder.forward(START.plusMillis(1_500), START.plusSeconds(4)));
        conversationIsTheOneOfTheTestSpecification("one");
        assertThat(asked("PLAY")).containsEntry("Range", "clock=20260301T100001.500Z-20260301T100004.000Z");
        assertThat(millis()).startsWith(1_000L, 1_040L).endsWith(3_960L).isSorted();
        assertThat(came.get(came.size() - 1).last()).isTrue();
    }

    @Test
    @DisplayName("REPLAYCONTROL-5: in reverse groups come backward, the pictures of a group forward")
    void inReverseGroupsComeBackward() throws Exception {
        play("one", ReplayOrder.backward(START.plusMillis(4_500), START.plusMillis(2_200)));
        wellFormed(asked("PLAY"));
        assertThat(asked("PLAY"))
                .containsEntry("Scale", "-1.0")
                .containsEntry("Require", "onvif-replay")
                .containsEntry("Range", "clock=20260301T100004.500Z-20260301T100002.200Z")
                .containsKey("Session");
        assertThat(keys()).containsExactly(4_000L, 3_000L, 2_000L);
        for (int i = 1; i < came.size(); i++) {
            boolean later = came.get(i).time().isAfter(came.get(i - 1).time());
            assertThat(later)
                    .as("only a key frame jumps back")
                    .isNotEqualTo(came.get(i).key());
        }
        assertThat(came.stream().filter(ReplayedPicture::discontinuity).toList())
                .as("the first of each group is marked, and no other")
                .isEqualTo(came.stream().filter(ReplayedPicture::key).toList());
        assertThat(came.get(came.size() - 1).last()).isTrue();
    }

    @Test
    void inReverseItGoesOverAGapToTheBeginning() throws Exception {
        play("gap", ReplayOrder.backward(START.plusSeconds(31), null));
        assertThat(keys()).containsExactly(31_000L, 30_000L, 2_000L, 1_000L, 0L);
        List<Long> ends = came.stream()
                .filter(ReplayedPicture::end)
                .map(picture -> Duration.between(START, picture.time()).toMillis())
                .toList();
        assertThat(ends)
                .as("the last of the group behind a gap, and of the first one")
                .containsExactly(30_960L, 960L);
    }

    @Test
    void inReverseFromWithinAGapItBeginsWithTheSectionBefore() throws Exception {
        play("gap", ReplayOrder.backward(START.plusSeconds(20), null));
        assertThat(keys()).containsExactly(2_000L, 1_000L, 0L);
    }

    @Test
    void keyFramesAloneAreFewer() throws Exception {
        play("one", ReplayOrder.forward(START, START.plusSeconds(10)).intra(Duration.ZERO));
        assertThat(asked("PLAY")).containsEntry("Frames", "intra");
        assertThat(came).hasSize(10).allMatch(ReplayedPicture::key);
        came.clear();
        play("one", ReplayOrder.forward(START, START.plusSeconds(20)).intra(Duration.ofSeconds(4)));
        assertThat(asked("PLAY")).containsEntry("Frames", "intra/4000");
        assertThat(millis()).containsExactly(0L, 4_000L, 8_000L, 12_000L, 16_000L);
        came.clear();
        play(
                "one",
                ReplayOrder.backward(START.plusSeconds(20), START.plusSeconds(8))
                        .intra(Duration.ofSeconds(4)));
        assertThat(millis()).containsExactly(20_000L, 16_000L, 12_000L, 8_000L);
        assertThat(came).allMatch(ReplayedPicture::discontinuity);
    }

    @Test
    void picturesMadeFromLaterOnesAreLeftOut() throws Exception {
        server.add("/replay/b", Encoders.h264(folder, START, 2, "320x240"));
        play("b", new ReplayOrder(START, null, false, ReplayOrder.Pictures.PREDICTED, Duration.ZERO, false));
        assertThat(asked("PLAY")).containsEntry("Frames", "predicted");
        assertThat(millis()).isSorted().hasSizeBetween(15, 25);
    }

    @Test
    void anotherTimeIsPlayedAtOnce() throws Exception {
        jumps();
        assertThat(server.headers("PLAY")).allSatisfy(play -> assertThat(play).containsEntry("Immediate", "yes"));
    }

    @Test
    void aJumpIsSeenWhenPicturesDontTellToWhichPlayTheyBelong() throws Exception {
        server.fault(RtspFault.NO_CSEQ_IN_FRAMES);
        jumps();
    }

    private void jumps() throws Exception {
        try (ReplayPlayer player = player("one")) {
            player.play(ReplayOrder.forward(START, null).atItsPace());
            while (came.size() < 3) {
                player.poll(Duration.ofMillis(100));
            }
            int before = came.size();
            player.play(ReplayOrder.forward(START.plusSeconds(40), START.plusSeconds(42)));
            untilEnd(player);
            assertThat(millis().subList(0, before)).allMatch(time -> time < 2_000);
            assertThat(millis().subList(before, came.size()))
                    .startsWith(40_000L)
                    .endsWith(41_960L)
                    .isSorted()
                    .hasSize(50);
            assertThat(came.get(before).discontinuity()).isTrue();
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void afterAPauseItGoesOnWhereItWas() throws Exception {
        try (ReplayPlayer player = player("one")) {
            player.play(ReplayOrder.forward(START, START.plusSeconds(2)).atItsPace());
            while (came.size() < 3) {
                player.poll(Duration.ofMillis(100));
            }
            player.pause();
            while (player.poll(Duration.ofMillis(150))) {
                // what was on its way
            }
            int paused = came.size();
            assertThat(paused).isLessThan(50);
            assertThat(player.poll(Duration.ofMillis(150))).isFalse();
            player.resume();
            assertThat(asked("PLAY")).doesNotContainKey("Range").containsEntry("Require", "onvif-replay");
            untilEnd(player);
        }
        assertThat(millis()).hasSize(50).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aRecorderThatPlaysForwardAloneIsToldApart() throws Exception {
        for (RtspFault fault : List.of(RtspFault.FORWARD_ALONE, RtspFault.FORWARD_ALONE_UNTOLD)) {
            server.heal().fault(fault);
            assertThatThrownBy(() -> play("one", ReplayOrder.backward(START.plusSeconds(9), START.plusSeconds(2))))
                    .isInstanceOfSatisfying(MediaException.class, e -> {
                        assertThat(e.kind()).isEqualTo(MediaException.Kind.UNSUPPORTED);
                        assertThat(e).hasMessage("the recorder plays forward alone");
                    });
        }
    }

    @Test
    void whatIsRefusedIsAskedForInFewerWords() throws Exception {
        server.fault(RtspFault.REFUSES_REQUIRE);
        play("one", ReplayOrder.backward(START.plusSeconds(3), START.plusSeconds(1)));
        assertThat(keys()).containsExactly(3_000L, 2_000L, 1_000L);
    }

    @Test
    void whereNothingIsAllowedForAllTracksAtOnceEachIsAskedForItself() throws Exception {
        server.add("/replay/both", Encoders.h264(folder, START, 4, "320x240"), Encoders.g711(START, 4));
        server.fault(RtspFault.NO_AGGREGATE);
        Clip clip = clip("both", START, START.plusSeconds(4));
        assertThat(clip.complete()).as(clip.toString()).isTrue();
        assertThat(clip.audio()).isEqualTo("ulaw");
        assertThat(clip.frames()).isEqualTo(100);
        List<String> sessions =
                server.headers("PLAY").stream().map(play -> play.get("Session")).collect(Collectors.toList());
        assertThat(sessions).as("a session for each track").containsExactly("47111", "47112");
        await().until(() -> server.headers("TEARDOWN").size() == 2);
        assertThat(server.headers("TEARDOWN")).allMatch(down -> down.get("URI").contains("trackID="));
        came.clear();
        try (ReplayPlayer player = player("both")) {
            player.play(ReplayOrder.forward(START, null).atItsPace());
            player.pause();
            player.resume();
            assertThat(asked("PAUSE").get("URI")).endsWith("trackID=0");
        }
    }

    @Test
    void whenThePlayOfAllTracksIsNotValidEachIsPlayed() throws Exception {
        server.add("/replay/both", Encoders.h264(folder, START, 4, "320x240"), Encoders.g711(START, 4));
        server.fault(RtspFault.AGGREGATE_NOT_VALID);
        Clip clip = clip("both", START, START.plusSeconds(4));
        assertThat(clip.complete()).as(clip.toString()).isTrue();
        assertThat(clip.audio()).isEqualTo("ulaw");
    }

    @Test
    void aRecorderThatSendsOverUdpAloneIsToldApartAtOnce() {
        server.fault(RtspFault.UDP_ALONE);
        assertThatThrownBy(() -> clip("one", START, START.plusSeconds(2)))
                .isInstanceOfSatisfying(MediaException.class, e -> {
                    assertThat(e.kind()).isEqualTo(MediaException.Kind.UNSUPPORTED);
                    assertThat(e.getMessage()).contains("UDP alone");
                });
        assertThat(server.headers("SETUP")).hasSize(1);
    }

    @Test
    void anEncodingThatIsNotKnownIsNamedWithThoseThatAre() {
        EncodedFrames strange = new EncodedFrames(
                "AV1", 90_000, "", List.of(), Encoders.g711(START, 1).frames());
        server.add("/replay/av1", strange);
        String message = "the pictures are AV1; only H.264, H.265, MPEG-4 and JPEG can be put in a file";
        assertThatThrownBy(() -> clip("av1", START, START.plusSeconds(2)))
                .isInstanceOfSatisfying(
                        MediaException.class, e -> assertThat(e.kind()).isEqualTo(MediaException.Kind.UNSUPPORTED))
                .hasMessage(message);
        assertThatThrownBy(() -> player("av1")).hasMessage(message);
    }

    @Test
    void anOrderWhoseTimesDontFitItsDirectionIsRefused() {
        assertThatThrownBy(() -> ReplayOrder.backward(START, START.plusSeconds(1)))
                .hasMessage("in reverse the end must be before the start");
        assertThatThrownBy(() -> ReplayOrder.forward(START, START)).hasMessage("the end must be after the start");
    }
}
