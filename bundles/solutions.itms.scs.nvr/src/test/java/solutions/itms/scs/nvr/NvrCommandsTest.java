package solutions.itms.scs.nvr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.message.command.CommandRegistry;
import solutions.itms.scs.message.command.DeviceType;
import solutions.itms.scs.testkit.nvr.NvrFault;

class NvrCommandsTest {
    @TempDir
    Path directory;

    private Lab lab;

    @BeforeEach
    void add() {
        lab = new Lab(directory);
        lab.recorder();
    }

    @AfterEach
    void close() {
        lab.fleet.close();
        assertThat(lab.simulated.search().open()).isZero();
        assertThat(lab.simulated.device().problems()).isEmpty();
        lab.close();
    }

    private static Map<String, Object> span(double from, double to, Object... more) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("from", Lab.at(from).toString());
        parameters.put("to", Lab.at(to).toString());
        for (int i = 0; i < more.length; i += 2) {
            parameters.put(String.valueOf(more[i]), more[i + 1]);
        }
        return parameters;
    }

    private static List<String> spans(Object segments) {
        List<String> all = new ArrayList<>();
        for (Object each : (List<?>) segments) {
            Map<?, ?> map = (Map<?, ?>) each;
            all.add(map.get("channel") + " "
                    + Duration.between(Lab.START, java.time.Instant.parse(String.valueOf(map.get("from"))))
                            .toMinutes()
                    + "-"
                    + Duration.between(Lab.START, java.time.Instant.parse(String.valueOf(map.get("to"))))
                            .toMinutes());
        }
        return all;
    }

    @Test
    void everyCommandForRecordersOfTheRegistryIsCarriedOutWithTheResultItPromises() throws Exception {
        List<String> registered = CommandRegistry.standard().all().stream()
                .filter(type -> type.accepts(DeviceType.NVR))
                .map(type -> type.name())
                .toList();
        assertThat(lab.handlers.keySet())
                .containsExactlyInAnyOrderElementsOf(registered)
                .hasSize(6);
        Map<String, Map<String, Object>> asked = Map.of(
                "nvr_probe", Map.of(),
                "get_recording_jobs", Map.of(),
                "get_replay_uri", Map.of("recording", "north"),
                "search_recordings", span(0, 60));
        for (Map.Entry<String, Map<String, Object>> each : asked.entrySet()) {
            var type = CommandRegistry.standard().find(each.getKey()).orElseThrow();
            assertThat(type.parameters().validate(each.getValue())).isEmpty();
            assertThat(type.result()
                            .validate(lab.run(each.getKey(), each.getValue()).values()))
                    .as(each.getKey())
                    .isEmpty();
        }
    }

    @Test
    void aProbeTellsHowItStandsWithEachChannel() throws Exception {
        Map<String, Object> values = lab.run("nvr_probe", Map.of()).values();
        assertThat(values)
                .containsEntry("reachable", true)
                .containsEntry("manufacturer", "Simulated")
                .containsEntry("model", "Recorder")
                .containsEntry("profileG", true)
                .containsEntry("storageTotalBytes", null)
                .containsEntry("disks", List.of("disk1"));
        List<?> channels = (List<?>) values.get("channels");
        Map<?, ?> north = (Map<?, ?>) channels.get(0);
        assertThat(north.get("channel")).isEqualTo("1");
        assertThat(north.get("name")).isEqualTo("Gate north");
        assertThat(north.get("status")).isEqualTo("recording");
        assertThat(north.get("oldest")).isEqualTo(Lab.at(0).toString());
        assertThat((Long) north.get("gapSeconds")).isBetween(600L, 700L);
        assertThat((Long) ((Map<?, ?>) channels.get(1)).get("gapSeconds")).isBetween(0L, 100L);
    }

    @Test
    void jobsAndAddressesOfReplay() throws Exception {
        assertThat(lab.run("get_recording_jobs", Map.of()).values().toString())
                .contains("token=job-north", "mode=Active", "state=Active");
        lab.simulated.misbehave(NvrFault.WRONG_REPLAY_HOST);
        assertThat(lab.run("get_replay_uri", Map.of("recording", "north")).values())
                .containsEntry("uri", "rtsp://127.0.0.1:" + lab.replay.port() + "/replay/north");
        assertThat(lab.failure("get_replay_uri", Map.of("recording", "nope")).code())
                .isEqualTo(FailureCode.CONFLICT);
        assertThat(lab.failure("get_replay_uri", Map.of())).hasMessageContaining("recording must be given");
    }

    @Test
    @DisplayName("Q42: one recording spans the disk; its gaps come from the events of its tracks")
    void aSearchTellsSegmentsGapsAndEvents() throws Exception {
        lab.simulated.search().happened("platform", Lab.at(15), "tns1:VideoSource/MotionAlarm", "State", "true");
        Map<String, Object> values = lab.run("search_recordings", span(5, 50)).values();
        assertThat(values)
                .containsEntry("segmentsFrom", "events")
                .containsEntry("truncated", false)
                .containsEntry("cursor", null);
        assertThat(spans(values.get("segments"))).containsExactly("1 5-20", "1 30-50", "2 10-50");
        assertThat(values.get("recordings").toString()).contains("token=north", "name=Gate north", "status=Recording");
        assertThat(values.get("events").toString())
                .contains("topic=VideoSource/MotionAlarm", "name=MotionAlarm", "channel=2", "active=true");
        assertThat(spans(lab.run("search_recordings", span(21, 29, "channel", "1", "events", false))
                        .values()
                        .get("segments")))
                .isEmpty();
        assertThat(lab.run("search_recordings", span(5, 50, "events", false)).values())
                .containsEntry("events", List.of());
    }

    @Test
    @DisplayName("Q42: a recorder that tells no state at the begin is asked backward")
    void aRecorderThatTellsNoStateAtTheBeginIsAskedBackward() throws Exception {
        lab.simulated.misbehave(NvrFault.NO_START_STATE);
        assertThat(spans(lab.run("search_recordings", span(22, 28)).values().get("segments")))
                .containsExactly("2 22-28");
        assertThat(spans(lab.run("search_recordings", span(35, 40)).values().get("segments")))
                .containsExactly("1 35-40", "2 35-40");
    }

    @Test
    void withoutEventsOrProfileGItIsSaidWhereTheSegmentsComeFrom() throws Exception {
        lab.simulated.misbehave(NvrFault.NO_EVENTS);
        Map<String, Object> values = lab.run("search_recordings", span(5, 50)).values();
        assertThat(values).containsEntry("segmentsFrom", "information");
        assertThat(spans(values.get("segments"))).containsExactly("1 5-50", "2 10-50");
        lab.simulated.misbehave(NvrFault.NO_PROFILE_G);
        lab.recorder(
                "replay.template",
                "rtsp://{host}/s/{channel}01?t={from:yyyyMMdd'T'HHmmss'Z'}",
                "replay.channels",
                "1=Gate north, 7");
        org.awaitility.Awaitility.await()
                .until(() -> lab.fleet.find("nvr-1").orElseThrow().device() != null);
        lab.run("nvr_probe", Map.of());
        values = lab.run("search_recordings", span(5, 50)).values();
        assertThat(values).containsEntry("segmentsFrom", "template");
        assertThat(spans(values.get("segments"))).containsExactly("1 5-50", "7 5-50");
        assertThat(lab.run("get_replay_uri", Map.of("recording", "7")).values())
                .containsEntry("uri", "rtsp://127.0.0.1/s/701?t=<from>");
    }

    @Test
    @DisplayName("a recorder is asked by its own clock, and that is said")
    void aRecorderIsAskedByItsOwnClock() throws Exception {
        lab.simulated.device().skew(Duration.ofMinutes(-10));
        lab.run("nvr_probe", Map.of());
        Map<String, Object> values = lab.run("search_recordings", span(5, 50)).values();
        assertThat(spans(values.get("segments"))).containsExactly("1 10-30", "1 40-50", "2 20-50");
        assertThat((Long) values.get("clockAheadMillis")).isBetween(-602_000L, -598_000L);
        assertThat(values.get("notes").toString()).contains("s behind; all times were corrected by that");
    }

    @Test
    void aLongAnswerComesInPagesThatTogetherHoldEverything() throws Exception {
        for (int i = 0; i < 700; i++) {
            lab.simulated
                    .search()
                    .happened("north", Lab.at(1 + i / 60.0), "tns1:VideoSource/MotionAlarm", "State", "true");
        }
        List<Object> events = new ArrayList<>();
        List<Object> segments = new ArrayList<>();
        Map<String, Object> ask = span(0, 59, "limit", 500);
        int pages = 0;
        Object cursor;
        do {
            Map<String, Object> page = lab.run("search_recordings", ask).values();
            assertThat(solutions.itms.scs.message.command.JsonText.write(page).length)
                    .isLessThan(64 * 1024);
            events.addAll((List<?>) page.get("events"));
            segments.addAll((List<?>) page.get("segments"));
            cursor = page.get("cursor");
            ask.put("cursor", String.valueOf(cursor));
            pages++;
        } while (cursor != null && pages < 10);
        assertThat(events).hasSize(700).doesNotHaveDuplicates();
        assertThat(segments).hasSize(3);
        assertThat(pages).isBetween(2, 5);
        assertThat(lab.failure("search_recordings", span(0, 1, "cursor", "x"))).hasMessageContaining("cursor");
    }

    @Test
    void whatCantBeAskedIsSaidWithWhatIsAllowed() throws Exception {
        assertThat(lab.failure("search_recordings", span(10, 5))).hasMessage("to must be later than from");
        assertThat(lab.failure("search_recordings", Map.of("from", "2026-01-01T00:00", "to", "x")))
                .hasMessageContaining("from must be a time with a zone");
        assertThat(lab.failure("search_recordings", span(0, 50_000))).hasMessageContaining("31 days");
        assertThat(lab.failure("search_recordings", span(0, 1, "channel", "9")))
                .hasMessage("there is no channel 9; there are channels 1, 2");
        lab.recorder("enabled", false);
        assertThat(lab.failure("search_recordings", span(0, 1)).code()).isEqualTo(FailureCode.UNAVAILABLE);
        lab.fleet.remove("nvr-1").join();
        assertThat(lab.failure("nvr_probe", Map.of()).code()).isEqualTo(FailureCode.NOT_FOUND);
    }
}
