package solutions.itms.scs.media.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.testkit.rtsp.Recording;
import solutions.itms.scs.testkit.rtsp.ReplayServer;
import solutions.itms.scs.testkit.rtsp.RtspFault;

/** What recorders do otherwise than the standard, each survived. */
class ReplayQuirksTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final long SECONDS = 8;
    private static final Instant FROM = START.plusMillis(20_400);

    private final ReplayServer server =
            new ReplayServer().add(Recording.of("one", 1, START, START.plusSeconds(120), Recording.Format.small()));

    @TempDir
    private static Path references;

    private static Path reference;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeAll
    static void makeReference() throws Exception {
        reference = references.resolve("reference.mp4");
        try (ReplayServer sound = new ReplayServer()
                .add(Recording.of("one", 1, START, START.plusSeconds(120), Recording.Format.small()))) {
            ClipSource source = ClipSource.of(sound.replayUri("one"), null, ReplayStyle.ONVIF);
            new ClipExporter().run(ClipOrder.of(source, FROM, FROM.plusSeconds(SECONDS)), reference, ClipWatcher.NONE);
        }
        assertThat(Probe.decodedClock(reference, 416, 240)).isEqualTo(FROM);
    }

    @AfterEach
    void close() {
        server.close();
    }

    // Q33: what is said

    @Test
    void aContentBaseWithoutASchemeIsNotBelieved() throws Exception {
        survives(RtspFault.CONTENT_BASE_WITHOUT_SCHEME);
    }

    @Test
    void aDescriptionWithoutAContentTypeIsRead() throws Exception {
        survives(RtspFault.NO_CONTENT_TYPE);
    }

    @Test
    void aTrackWithoutAControlOfItsOwnIsFound() throws Exception {
        survives(RtspFault.CONTROL_OF_SESSION_ALONE);
    }

    @Test
    void aControlBeforeAllOtherAttributesIsFound() throws Exception {
        survives(RtspFault.CONTROL_FIRST);
    }

    @Test
    void nonsenseInRtpInfoIsPassedOver() throws Exception {
        survives(RtspFault.BROKEN_RTP_INFO);
    }

    @Test
    void blanksInTheSsrcAreOfNoMatter() throws Exception {
        survives(RtspFault.SSRC_WITH_BLANKS);
    }

    @Test
    void aSessionThatChangesIsFollowed() throws Exception {
        survives(RtspFault.SESSION_CHANGES);
    }

    @Test
    void noSessionAtAllIsNoHindrance() throws Exception {
        survives(RtspFault.NO_SESSION);
    }

    @Test
    void emptyLinesBeforeDataArePassedOver() throws Exception {
        survives(RtspFault.CRLF_BEFORE_DATA);
    }

    @Test
    void dataOnUnknownChannelsIsPassedOver() throws Exception {
        survives(RtspFault.UNKNOWN_CHANNELS);
    }

    @Test
    void dataBeforeTheAnswerToPlayIsKept() throws Exception {
        survives(RtspFault.DATA_BEFORE_ANSWER);
    }

    @Test
    void packetsOfAnotherTypeArePassedOver() throws Exception {
        Clip clip = survives(RtspFault.PACKETS_OF_TYPE_50);
        assertThat(clip.lostPackets()).isZero();
    }

    @Test
    void bytesThatAreNothingArePassedOver() throws Exception {
        survives(RtspFault.GARBAGE_IN_BETWEEN);
    }

    @Test
    void aRedirectIsFollowed() throws Exception {
        survives(RtspFault.REDIRECTS);
        assertThat(server.requests()).anyMatch(request -> request.contains("/elsewhere/"));
    }

    @Test
    void aServerThatAsksIsAnswered() throws Exception {
        survives(RtspFault.ASKS_BACK);
    }

    // Q34: pictures

    @Test
    void parameterSetsInTheStreamAloneAreEnough() throws Exception {
        survives(RtspFault.PARAMETERS_IN_BAND_ONLY);
    }

    @Test
    void parameterSetsInTheDescriptionAloneAreEnough() throws Exception {
        survives(RtspFault.PARAMETERS_IN_DESCRIPTION_ONLY);
    }

    @Test
    void startCodesInsideOfPacketsPartUnits() throws Exception {
        survives(RtspFault.START_CODES_IN_PACKETS);
    }

    @Test
    void fragmentsWithoutContentAreOfNoMatter() throws Exception {
        survives(RtspFault.EMPTY_FRAGMENTS);
    }

    @Test
    void theFirstFragmentDecidesOnTheType() throws Exception {
        survives(RtspFault.FRAGMENTS_CHANGE_TYPE);
    }

    @Test
    void aMarkOnInformationEndsNoPicture() throws Exception {
        Clip clip = survives(RtspFault.MARKER_ON_INFORMATION);
        assertThat(clip.frames()).isEqualTo(SECONDS * 25 + 10);
    }

    @Test
    void bytesBehindParameterSetsAreCutOff() throws Exception {
        survives(RtspFault.BYTES_AFTER_PARAMETERS);
    }

    @Test
    void unitsPutTogetherInOnePacketAreTakenApart() throws Exception {
        survives(RtspFault.AGGREGATES, RtspFault.PARAMETERS_IN_BAND_ONLY);
    }

    // Q35: keep-alive

    @Test
    void aServerThatKnowsNoGetParameterIsAskedForOptions() throws Exception {
        server.fault(RtspFault.NO_GET_PARAMETER, RtspFault.SHORT_SESSION);
        export(ReplayStyle.RANGE, FROM, FROM.plusSeconds(3));
        assertThat(server.requests().stream().filter(request -> request.startsWith("OPTIONS")))
                .hasSizeGreaterThan(2);
        assertThat(server.requests()).noneMatch(request -> request.startsWith("GET_PARAMETER"));
    }

    @Test
    void theSessionIsKeptAliveAtHalfOfItsTime() throws Exception {
        server.fault(RtspFault.SHORT_SESSION);
        export(ReplayStyle.RANGE, FROM, FROM.plusSeconds(3));
        assertThat(server.requests().stream().filter(request -> request.startsWith("GET_PARAMETER")))
                .hasSizeBetween(2, 4);
    }

    // Q36: what is refused

    @Test
    void aServerThatRefusesRequireIsAskedWithout() throws Exception {
        survives(RtspFault.REFUSES_REQUIRE);
    }

    @Test
    void aServerThatRefusesRateControlIsAskedWithout() throws Exception {
        server.fault(RtspFault.REFUSES_RATE_CONTROL);
        assertThat(export(ReplayStyle.ONVIF, FROM, FROM.plusSeconds(5)).complete())
                .isTrue();
    }

    @Test
    void aServerThatTakesRangeAloneIsAskedForThat() throws Exception {
        survives(RtspFault.RANGE_ALONE);
    }

    // Q37: where it starts

    @Test
    void aServerThatStartsLateIsAskedForAnEarlierTime() throws Exception {
        survives(RtspFault.STARTS_LATE);
    }

    @Test
    void picturesOfAnHourBeforeAreNotKept() throws Exception {
        server.add(Recording.of(
                "one",
                1,
                START.minusSeconds(3_600),
                START.plusSeconds(120),
                new Recording.Format(416, 240, 5, 5, 100)));
        server.fault(RtspFault.STARTS_AN_HOUR_EARLY);
        Clip clip = export(ReplayStyle.ONVIF, FROM, FROM.plusSeconds(SECONDS));
        assertThat(clip.complete()).as(clip.toString()).isTrue();
        assertThat(clip.first()).isEqualTo(START.plusSeconds(20));
        assertThat(clip.bytes()).isLessThan(1_000_000);
        looksRight(clip, FROM, Duration.ofMillis(200));
    }

    @Test
    void picturesOfAnotherDayAreNone() {
        server.add(Recording.of("one", 1, START, START.plusSeconds(120), Recording.Format.small()));
        server.add(
                "/replay/other",
                new solutions.itms.scs.testkit.rtsp.ClockPictures(Recording.of(
                        "other", 1, START.plusSeconds(86_400), START.plusSeconds(86_520), Recording.Format.small())));
        server.fault(RtspFault.SENDS_ANOTHER_DAY);
        assertThatThrownBy(() -> new ClipExporter()
                        .run(
                                order("other", ReplayStyle.ONVIF, FROM, FROM.plusSeconds(SECONDS)),
                                folder.resolve("clip.mp4"),
                                ClipWatcher.NONE))
                .isInstanceOfSatisfying(MediaException.class, e -> {
                    assertThat(e.kind()).isEqualTo(MediaException.Kind.NOTHING_THERE);
                    assertThat(e.getMessage()).contains("2026-03-02T10:00:20Z");
                });
        assertThat(folder.resolve("clip.mp4")).doesNotExist();
    }

    // Q38: where it ends

    @Test
    void silenceAfterTheLastPictureIsTheEnd() throws Exception {
        survives(RtspFault.SILENT_END);
    }

    @Test
    void aGoodbyeIsTheEnd() throws Exception {
        survives(RtspFault.BYE_AT_END);
    }

    @Test
    void aClosedConnectionAfterTheLastPictureIsTheEnd() throws Exception {
        Clip clip = survives(RtspFault.CLOSES_AT_END);
        assertThat(clip.reconnects()).isZero();
    }

    @Test
    void aServerThatGoesOnIsStoppedAtTheEnd() throws Exception {
        Clip clip = survives(RtspFault.NO_END);
        assertThat(clip.frames()).isEqualTo(SECONDS * 25 + 10);
    }

    // Q39 and Q40: times

    @Test
    void withoutStampsTheAnswerToPlayTellsTheTime() throws Exception {
        Clip clip = survives(RtspFault.NO_TIMES);
        assertThat(clip.notes()).anyMatch(note -> note.contains("stamps no times"));
    }

    @Test
    void aStampWithMoreWordsIsRead() throws Exception {
        survives(RtspFault.LONG_TIMES);
    }

    @Test
    void singlePicturesStampedHoursAwayAreShownInTheirPlace() throws Exception {
        survives(RtspFault.WRONG_TIMES);
    }

    @Test
    void theWrapOfTheClockOfRtpIsOfNoMatter() throws Exception {
        survives(RtspFault.CLOCK_WRAPS);
    }

    @Test
    void packetsThatComeTwiceAreTakenOnce() throws Exception {
        Clip clip = survives(RtspFault.REPEATS_PACKETS);
        assertThat(clip.lostPackets()).isZero();
    }

    // Q44: silence

    @Test
    void aServerThatNeverAnswersIsLeftInTime() {
        server.fault(RtspFault.NEVER_ANSWERS);
        long began = System.nanoTime();
        ClipSource source = ClipSource.of(server.replayUri("one"), null, ReplayStyle.ONVIF);
        ClipOrder order = new ClipOrder(
                source, FROM, FROM.plusSeconds(5), true, 10_000_000, Duration.ofMillis(400), Duration.ofMinutes(1), 1);
        assertThatThrownBy(() -> new ClipExporter().run(order, folder.resolve("clip.mp4"), ClipWatcher.NONE))
                .isInstanceOfSatisfying(
                        MediaException.class, e -> assertThat(e.kind()).isEqualTo(MediaException.Kind.STALLED));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
    }

    /** A clip from a server with faults are as from one without. */
    private Clip survives(RtspFault... faults) throws Exception {
        server.fault(faults);
        Clip clip = export(ReplayStyle.ONVIF, FROM, FROM.plusSeconds(SECONDS));
        assertThat(clip.complete()).as(clip.toString()).isTrue();
        assertThat(clip.gaps()).isEmpty();
        assertThat(clip.shown()).isEqualTo(FROM);
        assertThat(clip.duration())
                .isBetween(Duration.ofMillis(SECONDS * 1_000 - 40), Duration.ofMillis(SECONDS * 1_000));
        looksRight(clip, FROM, Duration.ofMillis(50));
        return clip;
    }

    /** The same file as from a server without faults; or, when units differ, one that ffmpeg decodes. */
    private void looksRight(Clip clip, Instant from, Duration tolerance) throws Exception {
        assertThat(clip.width()).isEqualTo(416);
        if (Files.mismatch(reference, file) != -1) {
            Instant shown = Probe.decodedClock(file, 416, 240);
            assertThat(Duration.between(from, shown).abs()).isLessThanOrEqualTo(tolerance);
        }
    }

    private Clip export(ReplayStyle style, Instant from, Instant to) throws Exception {
        file = folder.resolve("clip.mp4");
        return new ClipExporter().run(order("one", style, from, to), file, ClipWatcher.NONE);
    }

    private ClipOrder order(String token, ReplayStyle style, Instant from, Instant to) {
        ClipSource source = ClipSource.of(server.replayUri(token), null, style);
        return new ClipOrder(source, from, to, true, 100_000_000, Duration.ofSeconds(2), Duration.ofMinutes(1), 3);
    }
}
