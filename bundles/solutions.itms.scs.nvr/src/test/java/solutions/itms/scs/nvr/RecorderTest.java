package solutions.itms.scs.nvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.message.command.DeviceType;
import solutions.itms.scs.message.inventory.Device;
import solutions.itms.scs.message.inventory.Inventory;
import solutions.itms.scs.store.FileStores;
import solutions.itms.scs.testkit.FreePort;
import solutions.itms.scs.testkit.camera.CameraFault;
import solutions.itms.scs.testkit.nvr.NvrFault;

class RecorderTest {
    @TempDir
    Path directory;

    private Lab lab;

    @BeforeEach
    void open() {
        lab = new Lab(directory);
    }

    @AfterEach
    void close() {
        assertThat(lab.simulated.device().problems()).isEmpty();
        lab.close();
    }

    private Recorder looked(Object... more) {
        Recorder recorder = lab.recorder(more);
        await().until(() ->
                recorder.health().reachable() && !recorder.health().channels().isEmpty());
        return recorder;
    }

    @Test
    void itsHealthGoesToTheCloudAndItsPlaceInTheInventory() throws Exception {
        looked("name", "Station recorder");
        await().until(() -> !lab.sent("nvr/nvr-1/metrics").isEmpty());
        Map<String, Object> metrics =
                lab.sent("nvr/nvr-1/metrics").get(0).payload().metrics();
        assertThat(metrics)
                .containsEntry("reachable", true)
                .containsEntry("status", "online")
                .containsEntry("profile.g", true)
                .containsEntry("channels", 2L)
                .containsEntry("channels.recording", 2L)
                .containsEntry("channel.1.status", "recording")
                .containsEntry("channel.1.oldest", Lab.at(0).toEpochMilli())
                .containsEntry("channel.2.newest", Lab.at(60).toEpochMilli());
        assertThat((Long) metrics.get("channel.1.gap.s")).isBetween(600L, 700L);
        assertThat((Long) metrics.get("clock.ahead.ms")).isBetween(-2_000L, 2_000L);
        await().until(() -> lab.sent("inventory").stream()
                .anyMatch(m -> m.payload().body() != null
                        && new String(m.payload().body(), java.nio.charset.StandardCharsets.UTF_8).contains("online")));
        Inventory inventory = Inventory.from(
                lab.sent("inventory").get(lab.sent("inventory").size() - 1).payload());
        assertThat(inventory.part()).isEqualTo("nvr");
        Device device = inventory.devices().get(0);
        assertThat(device.type()).isEqualTo(DeviceType.NVR);
        assertThat(device.name()).isEqualTo("Station recorder");
        assertThat(device.profiles()).containsExactly("Gate north", "Platform");
    }

    @Test
    void whatIsWrongIsAnAlarmThatBeginsAndEndsOnce() {
        lab.simulated.misbehave(NvrFault.NOT_RECORDING).misbehave(NvrFault.JOB_ERROR);
        lab.simulated.device().skew(Duration.ofMinutes(5));
        Recorder recorder = looked("retention.days", 30);
        List<String> kinds = List.of("nvr_not_recording", "nvr_recording_error", "nvr_retention_short", "nvr_clock");
        await().until(() ->
                kinds.stream().allMatch(kind -> lab.alarms(kind, "raised").size() == 1));
        recorder.look().join();
        lab.simulated.behave();
        lab.simulated.device().skew(Duration.ZERO);
        recorder.look().join();
        for (String kind : List.of("nvr_not_recording", "nvr_recording_error", "nvr_clock")) {
            await().untilAsserted(() ->
                    assertThat(lab.alarms(kind, "cleared")).as(kind).hasSize(1));
            assertThat(lab.alarms(kind, "raised")).hasSize(1);
        }
        assertThat(recorder.alarms()).containsExactly("nvr_retention_short");
        looked("retention.days", 0).look().join();
        await().untilAsserted(() ->
                assertThat(lab.alarms("nvr_retention_short", "cleared")).hasSize(1));
    }

    @Test
    void aDiskThatFailsIsAnAlarm() {
        looked();
        var events = lab.simulated.device().events();
        await().until(() -> events.pulls() > 0);
        events.emit("tns1:Device/HardwareFailure/StorageFailure", "Failed", "true", "Changed");
        await().until(() -> lab.alarms("nvr_disk", "raised").size() == 1);
        events.emit("tns1:Device/HardwareFailure/StorageFailure", "Failed", "false", "Changed");
        await().until(() -> lab.alarms("nvr_disk", "cleared").size() == 1);
        lab.fleet.remove("nvr-1").join();
        assertThat(events.subscriptions()).isZero();
    }

    @Test
    void oneThatDoesNotAnswerIsAnAlarmAndItsChannelsStayKnown() {
        Recorder hanging = looked("timeout", 1, "events", false);
        lab.simulated.device().misbehave(CameraFault.HANGS);
        hanging.look().join();
        hanging.look().join();
        assertThat(lab.alarms("nvr_unreachable", "raised")).hasSize(1);
        assertThat(hanging.health().channels()).hasSize(2);
        assertThat(hanging.describe().status()).isEqualTo("offline");
        lab.simulated.device().behave();
        hanging.look().join();
        assertThat(lab.alarms("nvr_unreachable", "cleared")).hasSize(1);
    }

    @Test
    void aChannelKeepsItsNumberOverRestartsAndIsMissedWhenItIsGone() throws Exception {
        FileStores stores = new FileStores(directory, java.time.Clock.systemUTC());
        lab.close();
        lab = new Lab(directory, Memory.open(stores));
        looked();
        lab.close();
        lab = new Lab(directory, Memory.open(stores));
        lab.simulated.record(List.of(
                Lab.recording("new", 3, "Lift", Lab.span(0, 60)),
                Lab.recording("platform", 2, "Platform", Lab.span(0, 60))));
        Recorder recorder = looked();
        assertThat(recorder.health().channels())
                .extracting(channel -> channel.channel() + " " + channel.name() + " " + channel.status())
                .containsExactly("1 Gate north missing", "2 Platform recording", "3 Lift recording");
        assertThat(lab.alarms("nvr_not_recording", "raised").get(0).metric("text"))
                .isEqualTo("no recording on channel 1");
    }

    @Test
    void anotherPasswordOrAddressTakesEffectAtOnceAndLosesNothing() {
        Recorder recorder = looked("password", "secret", "retention.days", 30);
        await().until(() -> lab.alarms("nvr_retention_short", "raised").size() == 1);
        lab.recorder("password", "wrong", "retention.days", 30);
        await().until(() -> lab.alarms("nvr_refused", "raised").size() == 1);
        assertThat(recorder.health().channels()).hasSize(2);
        looked("retention.days", 30);
        await().until(() -> lab.alarms("nvr_refused", "cleared").size() == 1);
        assertThat(lab.alarms("nvr_retention_short", "raised")).hasSize(1);
        assertThat(lab.fleet.find("nvr-1")).containsSame(recorder);
    }

    @Test
    void afterTheEndNothingIsLeftNeitherHereNorAtTheRecorder() {
        Recorder recorder = looked();
        lab.simulated.misbehave(NvrFault.SEARCHES_FOR_EVER);
        var going = recorder.look();
        await().until(() -> lab.simulated.search().open() > 0);
        lab.fleet.remove("nvr-1").join();
        assertThat(lab.simulated.search().open()).isZero();
        assertThat(going).succeedsWithin(Duration.ofSeconds(5));
        await().until(() -> lab.site.openConnections() == 0);
        lab.fleet.close();
        lab.loop.close();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("scs-nvr")));
    }

    @Test
    void aRecorderWithoutAnyOnvifIsThereWhenItReplays() throws Exception {
        int nobody = FreePort.next();
        Recorder recorder = looked(
                "address",
                "127.0.0.1:" + nobody,
                "replay.template",
                "rtsp://{host}:" + lab.replay.port() + "/replay/north?t={from:epoch}",
                "replay.channels",
                "1=Gate");
        assertThat(recorder.health().status()).isEqualTo("online");
        assertThat(recorder.health().profileG()).isFalse();
        assertThat(recorder.health().channels()).extracting(Channel::name).containsExactly("Gate");
    }

    @Test
    void addressesOfOtherManufacturersAreFilledAsTheyWantThem() {
        var at = java.time.Instant.parse("2026-11-22T17:05:09Z");
        var endpoint = solutions.itms.scs.onvif.http.Endpoint.parse("10.0.0.9");
        assertThat(ReplayTemplate.parse(
                                "rtsp://{host}/Streaming/tracks/{channel}01?starttime={from:yyyyMMdd'T'HHmmss'Z'}"
                                        + "&endtime={to:yyyyMMdd'T'HHmmss'Z'}",
                                java.time.ZoneOffset.UTC)
                        .fill("3", at, at.plusSeconds(60), endpoint))
                .isEqualTo("rtsp://10.0.0.9/Streaming/tracks/301?starttime=20261122T170509Z&endtime=20261122T170609Z");
        assertThat(ReplayTemplate.parse(
                                "rtsp://{host}:554/cam/playback?channel={channel}&starttime={from:yyyy_MM_dd_HH_mm_ss}"
                                        + "&endtime={to:yyyy_MM_dd_HH_mm_ss}",
                                java.time.ZoneId.of("Asia/Bangkok"))
                        .fill("3", at, at.plusSeconds(60), endpoint))
                .endsWith("channel=3&starttime=2026_11_23_00_05_09&endtime=2026_11_23_00_06_09");
        assertThat(ReplayTemplate.parse(
                                "rtsp://{host}/c{channel0}/b{from:epoch}/e{to:epoch}/{channel:02}/replay",
                                java.time.ZoneOffset.UTC)
                        .fill("3", at, at.plusSeconds(60), endpoint))
                .isEqualTo("rtsp://10.0.0.9/c2/b1795367109/e1795367169/03/replay");
    }

    @Test
    void whatCantBeUsedIsSaidAndTheRecorderIsNotUsed() {
        NvrSettings settings = NvrSettings.of(
                new Options(Map.of(
                        "id", "a b",
                        "address", "http://u:p@host",
                        "interval", 1,
                        "authentication", "magic",
                        "tls.fingerprint", "zz",
                        "replay.template", "rtsp://u:p@host/{from:x",
                        "replay.zone", "Nowhere",
                        "replay.channels", "x=1,2=ok")),
                stored -> stored);
        assertThat(settings.usable()).isFalse();
        assertThat(settings.problems()).hasSize(8);
        assertThat(String.join(" ", settings.problems())).doesNotContain("u:p");
        assertThat(settings.channels()).containsOnlyKeys("2");
        assertThat(NvrSettings.of(
                                new Options(Map.of("replay.template", "rtsp://{host}/{what}/{from:yyyy}")),
                                stored -> stored)
                        .problems())
                .anyMatch(text -> text.contains("has {what}, which is not known"));
    }
}
