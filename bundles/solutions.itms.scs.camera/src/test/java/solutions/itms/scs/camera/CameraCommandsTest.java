package solutions.itms.scs.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.command.FailureCode;
import solutions.itms.scs.message.command.CommandRegistry;
import solutions.itms.scs.onvif.EventStream;
import solutions.itms.scs.testkit.camera.CameraFault;
import solutions.itms.scs.testkit.rtsp.Recording;
import solutions.itms.scs.testkit.rtsp.ReplayServer;

class CameraCommandsTest {
    private static final Map<String, Map<String, ?>> EVERY_COMMAND = Map.ofEntries(
            Map.entry("camera_probe", Map.of()),
            Map.entry("camera_get_profiles", Map.of()),
            Map.entry("camera_get_stream_uri", Map.of()),
            Map.entry("camera_get_snapshot", Map.of()),
            Map.entry("camera_get_imaging", Map.of()),
            Map.entry("camera_get_imaging_options", Map.of()),
            Map.entry("camera_set_imaging", Map.of("brightness", 40)),
            Map.entry("camera_get_events", Map.of("seconds", 1)),
            Map.entry("camera_get_services", Map.of()),
            Map.entry("camera_get_time", Map.of()),
            Map.entry("camera_set_time", Map.of("reason", "test")),
            Map.entry("camera_ptz_status", Map.of()),
            Map.entry("camera_ptz_move", Map.of("pan", 0.1, "millis", 50)),
            Map.entry("camera_ptz_stop", Map.of()),
            Map.entry("camera_ptz_presets", Map.of("action", "list")),
            Map.entry("camera_discover", Map.of("seconds", 2)),
            Map.entry("camera_add", Map.of("address", "10.1.1.1:80")),
            Map.entry("camera_reboot", Map.of("reason", "test")));

    private final Lab lab = new Lab();

    @BeforeEach
    void add() {
        lab.camera("interval", 3600);
        await().until(() -> lab.fleet.find("cam-1").orElseThrow().health().reachable());
    }

    @AfterEach
    void close() {
        assertThat(lab.simulated.problems()).isEmpty();
        lab.close();
    }

    @Test
    void everyCommandForCamerasOfTheRegistryIsCarriedOut() {
        List<String> registered = CommandRegistry.standard().all().stream()
                .map(type -> type.name())
                .filter(name -> name.startsWith("camera_"))
                .toList();
        assertThat(lab.handlers.keySet())
                .containsExactlyInAnyOrderElementsOf(registered)
                .hasSize(18);
    }

    @Test
    void aProbeTellsHowItStands() throws Exception {
        assertThat(lab.run("camera_probe", Map.of()).values())
                .containsEntry("reachable", true)
                .containsEntry("manufacturer", "Simulated")
                .containsEntry("stream", true);
        lab.simulated.misbehave(CameraFault.DROPS_EACH_THIRD_CONNECTION);
        assertThat(lab.failure("camera_probe", Map.of("x", 1)).code()).isEqualTo(FailureCode.INVALID_PARAMETERS);
    }

    @Test
    void profilesStreamsAndPictures() throws Exception {
        List<?> profiles =
                (List<?>) lab.run("camera_get_profiles", Map.of()).values().get("profiles");
        assertThat(profiles).hasSize(2);
        assertThat(lab.run("camera_get_stream_uri", Map.of("profile", "sub")).values())
                .containsEntry("profile", "sub")
                .containsEntry("uri", "rtsp://127.0.0.1:" + lab.simulated.port() + "/stream?profile=sub&x=1");
        assertThat(lab.failure("camera_get_stream_uri", Map.of("profile", "nope")))
                .hasMessage("there is no profile nope; there are main, sub");
        CommandResult snapshot = lab.run("camera_get_snapshot", Map.of());
        assertThat(snapshot.artifacts()).hasSize(1);
        assertThat(snapshot.values()).containsEntry("mediaType", "image/jpeg");
        assertThat(lab.files.get(0).command()).isEqualTo("c-1");
    }

    @Test
    void imagingIsReadAndChanged() throws Exception {
        assertThat(lab.run("camera_get_imaging", Map.of()).values().toString()).contains("Brightness=50");
        assertThat(lab.run("camera_get_imaging_options", Map.of()).values().toString())
                .contains("IrCutFilterModes=[ON, OFF, AUTO]");
        assertThat(lab.run("camera_set_imaging", Map.of("brightness", 61.0, "ir_cut_filter", "ON"))
                        .values()
                        .toString())
                .contains("Brightness=61", "IrCutFilter=ON");
        assertThat(lab.failure("camera_set_imaging", Map.of("contrast", 500)))
                .hasMessage("Contrast must be a number from 0 to 100");
        assertThat(lab.failure("camera_set_imaging", Map.of()).code()).isEqualTo(FailureCode.INVALID_PARAMETERS);
    }

    @Test
    void itMovesStopsAndRemembers() throws Exception {
        lab.run("camera_ptz_move", Map.of("pan", 0.5, "millis", 5_000));
        assertThat(lab.simulated.ptz().moving()).isTrue();
        lab.run("camera_ptz_stop", Map.of());
        assertThat(lab.simulated.ptz().moving()).isFalse();
        lab.run("camera_ptz_move", Map.of("mode", "absolute", "pan", 0.25, "tilt", -0.5));
        assertThat(lab.run("camera_ptz_status", Map.of()).values())
                .containsEntry("pan", 0.25)
                .containsEntry("moving", false);
        Object token = lab.run("camera_ptz_presets", Map.of("action", "set", "name", "Door"))
                .values()
                .get("preset");
        assertThat(lab.run("camera_ptz_presets", Map.of()).values().toString()).contains("Door");
        lab.run("camera_ptz_presets", Map.of("action", "go", "preset", String.valueOf(token)));
        lab.run("camera_ptz_presets", Map.of("action", "remove", "preset", String.valueOf(token)));
        lab.run("camera_ptz_presets", Map.of("action", "home"));
        assertThat(lab.failure("camera_ptz_presets", Map.of("action", "go")))
                .hasMessageContaining("preset must be given");
        assertThat(lab.failure("camera_ptz_move", Map.of("mode", "absolute"))).hasMessageContaining("must be given");
        assertThat(lab.failure("camera_ptz_move", Map.of("pan", 2)).code()).isEqualTo(FailureCode.INVALID_PARAMETERS);
    }

    @Test
    void aProbeTellsWhatReallyComesOfTheStreamWhenItIsAsked() throws Exception {
        Instant now = Instant.now();
        Recording pictures = Recording.of("r", 1, now.minusSeconds(60), now.plusSeconds(60), Recording.Format.small());
        try (ReplayServer streams = new ReplayServer().add(pictures)) {
            lab.simulated.model().streamsAt(streams.port(), "/live/1");
            Map<?, ?> measured = (Map<?, ?>) lab.run("camera_probe", Map.of("measureSeconds", 2))
                    .values()
                    .get("measured");
            assertThat(String.valueOf(measured.get("codec"))).as("%s", measured).startsWith("avc1.");
            assertThat(((Number) measured.get("framesPerSecond")).doubleValue()).isCloseTo(25, within(1.5));
            assertThat((Long) measured.get("bitsPerSecond")).isPositive();
            assertThat(measured.get("lostPackets")).isEqualTo(0L);
        }
        Map<?, ?> none = (Map<?, ?>)
                lab.run("camera_probe", Map.of("measureSeconds", 1)).values().get("measured");
        assertThat(String.valueOf(none.get("reason"))).startsWith("the camera can't be reached");
        assertThat(lab.run("camera_probe", Map.of()).values()).doesNotContainKey("measured");
    }

    @Test
    void servicesAndTime() throws Exception {
        assertThat((List<?>) lab.run("camera_get_services", Map.of()).values().get("services"))
                .hasSize(6);
        lab.simulated.skew(java.time.Duration.ofHours(1));
        assertThat((Long) lab.run("camera_get_time", Map.of()).values().get("clockAheadMillis"))
                .isBetween(3_590_000L, 3_610_000L);
        assertThat((Long) lab.run("camera_set_time", Map.of("reason", "test"))
                        .values()
                        .get("clockAheadMillis"))
                .isBetween(-2_000L, 2_000L);
        lab.run("camera_set_time", Map.of("source", "ntp"));
    }

    @Test
    void eventsAreListenedToForAWhile() throws Exception {
        Camera camera = lab.fleet.find("cam-1").orElseThrow();
        await().until(() -> camera.events() == EventStream.State.PULLING
                && lab.simulated.events().pulls() > 0);
        CompletableFuture<Void> emit = CompletableFuture.runAsync(
                () -> {
                    for (int i = 0; i < 3; i++) {
                        lab.simulated.events().emit("tns1:VideoSource/MotionAlarm", "State", "true", "Changed");
                    }
                },
                CompletableFuture.delayedExecutor(300, java.util.concurrent.TimeUnit.MILLISECONDS));
        List<?> events = (List<?>) lab.run("camera_get_events", Map.of("seconds", 3, "limit", 2))
                .values()
                .get("events");
        emit.join();
        assertThat(events).hasSize(2);
        assertThat(events.get(0).toString()).contains("VideoSource/MotionAlarm");
    }

    @Test
    void aRestartIsOverWhenTheCameraAnswersAgain() throws Exception {
        CommandResult result = lab.run("camera_reboot", Map.of("reason", "test"));
        assertThat((Long) result.values().get("downMillis")).isPositive();
    }

    @Test
    void withoutACameraOrAnAnswerThereIsAClearFailure() throws Exception {
        lab.fleet.remove("cam-1").join();
        assertThat(lab.failure("camera_probe", Map.of()).code()).isEqualTo(FailureCode.NOT_FOUND);
        lab.camera("enabled", false);
        assertThat(lab.failure("camera_get_time", Map.of()).code()).isEqualTo(FailureCode.UNAVAILABLE);
        lab.camera("timeout", 1, "interval", 3600);
        lab.simulated.misbehave(CameraFault.HANGS);
        assertThat(lab.failure("camera_get_services", Map.of()).code()).isEqualTo(FailureCode.TIMEOUT);
    }

    @Test
    void noneOfTheCommandsIsLeftOutHere() {
        assertThat(EVERY_COMMAND).containsOnlyKeys(lab.handlers.keySet());
    }

    @Test
    void noSecretIsInAnyResultMessageOrLogThoughTheCameraSaysItBack() throws Exception {
        java.io.PrintStream before = System.err;
        java.io.ByteArrayOutputStream log = new java.io.ByteArrayOutputStream();
        System.setErr(new java.io.PrintStream(log, true, java.nio.charset.StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        try {
            for (String echo : List.of("no", "yes")) {
                if (echo.equals("yes")) {
                    lab.simulated.misbehave(CameraFault.ECHOES_REQUESTS);
                }
                for (Map.Entry<String, Map<String, ?>> each : EVERY_COMMAND.entrySet()) {
                    try {
                        all.append(lab.run(each.getKey(), each.getValue()));
                    } catch (solutions.itms.scs.api.command.CommandException e) {
                        all.append(e.getMessage()).append(e.problems());
                    }
                }
            }
            lab.camera("password", "secret", "name", "again");
            await().until(() -> lab.sent("camera/cam-1/metrics").size() > 2);
        } finally {
            System.setErr(before);
        }
        all.append(lab.everythingSent()).append(log.toString(java.nio.charset.StandardCharsets.UTF_8));
        all.append(lab.fleet.all().get(0).settings());
        assertThat(all.toString())
                .doesNotContain("secret")
                .doesNotContain("PasswordDigest>")
                .doesNotContain("nonce=");
        for (String request : lab.simulated.requests()) {
            java.util.regex.Matcher digest =
                    java.util.regex.Pattern.compile("PasswordDigest\">([^<]+)<").matcher(request);
            while (digest.find()) {
                assertThat(all.toString()).doesNotContain(digest.group(1));
            }
        }
    }
}
