package solutions.itms.scs.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static solutions.itms.scs.onvif.Lab.failure;
import static solutions.itms.scs.onvif.Lab.get;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.onvif.http.Endpoint;
import solutions.itms.scs.onvif.soap.Credentials;
import solutions.itms.scs.onvif.soap.OnvifException;
import solutions.itms.scs.testkit.nvr.NvrFault;
import solutions.itms.scs.testkit.nvr.SimulatedNvr;
import solutions.itms.scs.testkit.rtsp.Recording.Format;
import solutions.itms.scs.testkit.rtsp.Recording.TimeSpan;

/** Recording, search and replay; the names of ONVIF's test cases for clients of Profile G stand in front. */
class RecordingsTest {
    private static final Instant DAY = Instant.parse("2026-11-21T00:00:00Z");
    private static final String TRACK = "RecordingHistory/Track/State";

    private final Lab lab = new Lab();
    private final SimulatedNvr nvr = new SimulatedNvr(
            lab.site,
            "rtsp://127.0.0.1:8554",
            List.of(
                    recorded("rec 1", "Gate <north>", List.of(span(0, 6), span(7, 12))),
                    recorded("rec2", "Platform", List.of(span(3, 12)))));
    private OnvifDevice device = lab.device();

    private static TimeSpan span(int from, int to) {
        return new TimeSpan(hour(from), hour(to));
    }

    private static solutions.itms.scs.testkit.rtsp.Recording recorded(String token, String name, List<TimeSpan> spans) {
        return new solutions.itms.scs.testkit.rtsp.Recording(token, 1, name, spans, Format.small());
    }

    private static Instant hour(int hour) {
        return DAY.plus(Duration.ofHours(hour));
    }

    private static EventQuery query(Instant from, Instant to, boolean startState, String... recordings) {
        return new EventQuery(from, to, List.of(recordings), TRACK, startState, 100);
    }

    @BeforeEach
    void connect() {
        device = new OnvifDevice(
                lab.loop,
                new DeviceSettings(
                        Endpoint.parse(nvr.device().address()),
                        new Credentials("admin", "secret", Credentials.Method.AUTO),
                        "",
                        Duration.ofSeconds(4)),
                java.time.Clock.systemUTC(),
                fingerprint -> {});
        get(device.connect());
    }

    @AfterEach
    void nothingWrongWasAskedAndEverySearchIsOver() {
        assertThat(nvr.device().problems()).isEmpty();
        assertThat(nvr.search().open()).isZero();
        device.close();
        lab.close();
    }

    @Test
    void recordingsJobsAndPlacesOfStorage() {
        List<Recording> all = get(device.recordings().all());
        assertThat(all).extracting(Recording::token).containsExactly("rec 1", "rec2");
        assertThat(all.get(0).name()).isEqualTo("Gate <north>");
        assertThat(all.get(0).retention()).isEqualTo(Duration.ofDays(30));
        assertThat(all.get(0).tracks())
                .extracting(RecordingTrack::kind)
                .containsExactly(RecordingTrack.Kind.VIDEO, RecordingTrack.Kind.METADATA);
        List<RecordingJob> jobs = get(device.recordings().jobs());
        assertThat(jobs).extracting(RecordingJob::recording).containsExactly("rec 1", "rec2");
        assertThat(jobs.get(0).sources()).containsExactly("main");
        nvr.misbehave(NvrFault.JOB_ERROR);
        RecordingJobState state = get(device.recordings().jobState("job-rec2"));
        assertThat(state.state()).isEqualTo("Error");
        assertThat(state.errors()).containsExactly("no signal");
        assertThat(get(device.recordings().configuration("rec2")).name()).isEqualTo("Platform");
        assertThat(get(device.recordings().options("rec2")).find("Job")).isPresent();
        assertThat(failure(device.recordings().configuration("nope")).kind()).isEqualTo(OnvifException.Kind.FAULT);
        assertThat(get(device.management().storageConfigurations()))
                .containsExactly(new StorageConfiguration("disk1", "LocalStorage", "/mnt/disk1", ""));
    }

    @Test
    @DisplayName("MEDIASEARCH-1: recordings are found in a session, page by page")
    void recordingsAreFoundPageByPage() {
        nvr.misbehave(NvrFault.SMALL_PAGES);
        nvr.record(java.util.stream.IntStream.range(0, 7)
                .mapToObj(i -> recorded("r" + i, "n", List.of(span(0, 1))))
                .toList());
        Found<RecordingInformation> found = get(device.search().recordings(100));
        assertThat(found.items()).extracting(RecordingInformation::token).hasSize(7);
        assertThat(found.truncated()).isFalse();
        assertThat(nvr.device().asked("tse:GetRecordingSearchResults")).hasSize(4);
        assertThat(nvr.device().asked("tse:EndSearch"))
                .as("Completed has ended it")
                .isEmpty();
        Found<RecordingInformation> some = get(device.search().recordings(3));
        assertThat(some.items()).hasSize(3);
        assertThat(some.truncated()).isTrue();
        assertThat(nvr.device().asked("tse:EndSearch")).hasSize(1);
    }

    @Test
    @DisplayName("MEDIASEARCH-2: events are found in a session")
    void eventsAreFoundWithTheStateAtTheBegin() {
        nvr.search().happened("rec2", hour(5), "tns1:VideoSource/MotionAlarm", "State", "true");
        Found<RecordedEvent> all =
                get(device.search().events(new EventQuery(hour(4), hour(8), List.of("rec2"), "", true, 100)));
        assertThat(all.items())
                .extracting(event -> event.event().topic())
                .containsExactly(TRACK, "VideoSource/MotionAlarm");
        assertThat(all.items().get(0).startState()).isTrue();
        assertThat(all.items().get(0).isDataPresent()).isTrue();
        assertThat(all.items().get(1).time()).isEqualTo(hour(5));
        assertThat(all.items().get(1).isTrackState()).isFalse();
    }

    @Test
    @DisplayName("MEDIASEARCH-3: the summary of all recordings; 1970 is no time (Q40)")
    void theSummary() {
        RecordingSummary summary = get(device.search().summary());
        assertThat(summary).isEqualTo(new RecordingSummary(hour(0), hour(12), 2));
        nvr.misbehave(NvrFault.BEGINS_IN_1970);
        assertThat(get(device.search().summary()).from()).isNull();
        assertThat(get(device.search().information("rec2")).earliest()).isNull();
        assertThat(get(device.search().information("rec2")).tracks().get(0).from())
                .isNull();
        nvr.record(List.of());
        assertThat(get(device.search().summary())).isEqualTo(new RecordingSummary(null, null, 0));
    }

    @Test
    @DisplayName("MEDIASEARCH-4: what one recording holds")
    void whatARecordingHolds() {
        RecordingInformation information = get(device.search().information("rec 1"));
        assertThat(information.earliest()).isEqualTo(hour(0));
        assertThat(information.latest()).isEqualTo(hour(12));
        assertThat(information.isRecording()).isTrue();
    }

    @Test
    @DisplayName("MEDIASEARCH-5: how a recording was encoded at a time")
    void howARecordingWasEncoded() {
        MediaAttributes attributes =
                get(device.search().attributes(List.of("rec2"), hour(5))).get(0);
        assertThat(attributes.tracks())
                .containsExactly(new MediaAttributes.Track(
                        "VIDEO001", RecordingTrack.Kind.VIDEO, "H264", 1280, 720, 25.0, 3000));
    }

    @Test
    @DisplayName("MEDIASEARCH-6: events are filtered by their topic, at the recorder and here (Q43)")
    void eventsAreFilteredAtTheRecorderAndHere() {
        nvr.search().happened("rec2", hour(5), "tns1:VideoSource/MotionAlarm", "State", "true");
        EventQuery query = query(hour(4), hour(8), false, "rec 1");
        List<RecordedEvent> right = get(device.search().events(query)).items();
        assertThat(right).extracting(RecordedEvent::time).containsExactly(hour(6), hour(7));
        assertThat(right).extracting(RecordedEvent::isDataPresent).containsExactly(false, true);
        assertThat(nvr.device().requests().stream()
                        .filter(request -> request.contains("FindEvents"))
                        .findFirst()
                        .orElseThrow())
                .contains("tns1:RecordingHistory/Track/State</wsnt:TopicExpression>");
        nvr.misbehave(NvrFault.FILTERS_NOTHING);
        assertThat(get(device.search().events(query)).items()).isEqualTo(right);
        nvr.behave();
        nvr.misbehave(NvrFault.REFUSES_TOPICS);
        assertThat(get(device.search().events(query)).items()).isEqualTo(right);
    }

    @Test
    @DisplayName("Q43: a search backward gives the latest first")
    void aSearchBackwardGivesTheLatestFirst() {
        List<RecordedEvent> found = get(device.search()
                        .events(new EventQuery(hour(8), hour(2), List.of("rec 1"), TRACK, false, 1)))
                .items();
        assertThat(found).extracting(RecordedEvent::time).containsExactly(hour(7));
    }

    @Test
    @DisplayName("Q43: a session that the recorder forgot is begun anew")
    void aForgottenSessionIsBegunAnew() {
        nvr.misbehave(NvrFault.FORGETS_A_SESSION);
        Found<RecordedEvent> found = get(device.search().events(query(hour(0), hour(12), false)));
        assertThat(found.items()).hasSize(6);
        assertThat(nvr.search().begun()).isEqualTo(2);
    }

    @Test
    @DisplayName("Q43: a search that is not wanted any more is ended at the recorder")
    void aSearchThatGoesOnForEverIsEndedWhenItIsNotWantedAnyMore() {
        nvr.misbehave(NvrFault.SEARCHES_FOR_EVER);
        var going = device.search().events(query(hour(0), hour(12), false));
        org.awaitility.Awaitility.await()
                .until(() -> nvr.device().asked("tse:GetEventSearchResults").size() > 2);
        assertThat(nvr.search().open()).isEqualTo(1);
        get(device.search().settle());
        assertThat(failure(going).kind()).isEqualTo(OnvifException.Kind.STOPPED);
        assertThat(nvr.search().open()).isZero();
        assertThat(device.search().active()).isZero();
        assertThat(nvr.device().asked("tse:GetEventSearchResults").size())
                .as("without a pause between answers of nothing it would spin")
                .isLessThan(20);
    }

    @Test
    void afterTheEndOfAllSearchesNoneIsBegun() {
        get(device.search().settle());
        assertThat(failure(device.search().recordings(1)).kind()).isEqualTo(OnvifException.Kind.STOPPED);
        assertThat(nvr.search().begun()).isZero();
    }

    @Test
    @DisplayName("REPLAYCONTROL-1: the address of a replay has the host by which the recorder is reached (Q17)")
    void theAddressOfAReplay() {
        assertThat(get(device.replay().uri("rec2"))).isEqualTo("rtsp://127.0.0.1:8554/rec2");
        nvr.misbehave(NvrFault.WRONG_REPLAY_HOST);
        assertThat(get(device.replay().uri("rec2"))).isEqualTo("rtsp://127.0.0.1:8554/rec2");
        assertThat(failure(device.replay().uri("nope")).kind()).isEqualTo(OnvifException.Kind.FAULT);
    }

    @Test
    @DisplayName("REPLAYCONTROL-6: the time after which a replay ends is read and set")
    void theTimeAfterWhichAReplayEnds() {
        assertThat(get(device.replay().sessionTimeout())).contains(Duration.ofSeconds(60));
        get(device.replay().setSessionTimeout(Duration.ofSeconds(30)));
        assertThat(get(device.replay().sessionTimeout())).contains(Duration.ofSeconds(30));
    }

    @Test
    @DisplayName("Q16: an empty success of a recorder without Profile G is no list of nothing")
    void withoutProfileGItIsSaidSo() {
        nvr.misbehave(NvrFault.NO_PROFILE_G);
        get(device.connect());
        assertThat(failure(device.recordings().all()).kind()).isEqualTo(OnvifException.Kind.UNSUPPORTED);
        assertThat(failure(device.search().recordings(1)).kind()).isEqualTo(OnvifException.Kind.UNSUPPORTED);
        nvr.behave();
        get(device.connect());
        nvr.record(List.of());
        assertThat(get(device.recordings().all())).isEmpty();
    }

    @Test
    void durationsOfOtherKindsAreRead() {
        assertThat(RecordingReader.duration("PT720H")).isEqualTo(Duration.ofDays(30));
        assertThat(RecordingReader.duration("P1Y2M3DT4H5M6.5S"))
                .isEqualTo(Duration.ofDays(365 + 60 + 3)
                        .plusHours(4)
                        .plusMinutes(5)
                        .plusSeconds(6));
        assertThat(RecordingReader.duration("PT0S")).isNull();
        assertThat(RecordingReader.duration("for ever")).isNull();
    }
}
