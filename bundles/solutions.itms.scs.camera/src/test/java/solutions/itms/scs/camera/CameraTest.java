package solutions.itms.scs.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.message.inventory.Device;
import solutions.itms.scs.message.inventory.Inventory;
import solutions.itms.scs.onvif.EventStream;
import solutions.itms.scs.testkit.camera.CameraFault;

class CameraTest {
    private final Lab lab = new Lab();

    @BeforeEach
    void patience() {
        org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void itsHealthGoesToTheCloudAndItsPlaceInTheInventory() throws Exception {
        lab.camera("name", "Platform 1");
        await().until(() -> !lab.sent("camera/cam-1/metrics").isEmpty());
        Lab.Sent health = lab.sent("camera/cam-1/metrics").get(0);
        assertThat(health.payload().metrics())
                .containsEntry("reachable", true)
                .containsEntry("authenticated", true)
                .containsEntry("stream.ok", true)
                .containsEntry("firmware", "5.7.1")
                .containsEntry("authentication", "digest MD5");
        await().until(() -> lab.sent("inventory").stream().anyMatch(m -> body(m).contains("online")));
        Inventory inventory = Inventory.from(
                lab.sent("inventory").get(lab.sent("inventory").size() - 1).payload());
        Device device = inventory.devices().get(0);
        assertThat(device.name()).isEqualTo("Platform 1");
        assertThat(device.manufacturer()).isEqualTo("Simulated");
        assertThat(device.address()).isEqualTo("127.0.0.1:" + lab.simulated.port());
        assertThat(device.profiles()).containsExactly("main", "sub");
        assertThat(device.status()).isEqualTo("online");
    }

    private static String body(Lab.Sent message) {
        byte[] body = message.payload().body();
        return body == null ? "" : new String(body, StandardCharsets.UTF_8);
    }

    @Test
    void alarmsBeginAndEndOnce() {
        lab.simulated.skew(Duration.ofHours(2));
        Camera camera = lab.camera("events", false);
        await().until(() -> lab.alarms("camera_clock", "raised").size() == 1);
        lab.simulated.skew(Duration.ZERO);
        camera.look().join();
        assertThat(lab.alarms("camera_clock", "cleared")).hasSize(1);
        lab.simulated.misbehave(CameraFault.CLOSES_WITHOUT_NOTICE).misbehave(CameraFault.HANGS);
        lab.camera("events", false, "timeout", 1, "interval", 3600);
        Camera hanging = lab.fleet.find("cam-1").orElseThrow();
        await().until(() -> hanging.device() != null);
        hanging.look().join();
        hanging.look().join();
        await().until(() -> lab.alarms("camera_unreachable", "raised").size() == 1);
        lab.simulated.behave();
        hanging.look().join();
        assertThat(lab.alarms("camera_unreachable", "cleared")).hasSize(1);
    }

    @Test
    void motionIsToldWhenItBeginsAndEndsAlsoByACameraThatNeverSaysSo() {
        Camera camera = lab.camera("motion.timeout", 5);
        await().until(() -> camera.events() == EventStream.State.PULLING
                && lab.simulated.events().pulls() > 0);
        lab.simulated.events().emit("tns1:VideoSource/MotionAlarm", "State", "true", "Changed");
        lab.simulated.events().emit("tns1:VideoSource/MotionAlarm", "State", "true", "Changed");
        lab.simulated.events().emit("tns1:Device/Trigger/DigitalInput", "LogicalState", "true", "Initialized");
        await().until(() -> lab.sent("event/camera_motion").size() == 1
                && lab.sent("event/camera_digital_input").size() == 1);
        assertThat(lab.sent("event/camera_motion").get(0).payload().metrics())
                .containsEntry("device", "cam-1")
                .containsEntry("active", true)
                .containsEntry("topic", "VideoSource/MotionAlarm");
        await().until(() -> lab.sent("event/camera_motion").size() == 2);
        assertThat(lab.sent("event/camera_motion").get(1).metric("active")).isEqualTo(false);
    }

    @Test
    void otherEventsArePassedOnWhereThatIsWanted() {
        Camera camera = lab.camera("events.all", true);
        await().until(() -> camera.events() == EventStream.State.PULLING
                && lab.simulated.events().pulls() > 0);
        lab.simulated.events().emit("tns1:RuleEngine/LineCounter/Counter", "Count", "17", "Changed");
        await().until(() -> lab.sent("event/camera_event").size() == 1);
        assertThat(lab.sent("event/camera_event").get(0).payload().metrics())
                .containsEntry("topic", "RuleEngine/LineCounter/Counter")
                .containsEntry("data.Count", "17");
    }

    @Test
    void anotherPasswordOrAddressTakesEffectAtOnceAndLosesNothing() {
        Camera camera = lab.camera("password", "wrong", "interval", 3600);
        await().until(() -> lab.alarms("camera_refused", "raised").size() == 1);
        lab.camera("interval", 3600);
        await().until(() -> lab.alarms("camera_refused", "cleared").size() == 1);
        await().until(() -> camera.events() == EventStream.State.PULLING);
        lab.camera("interval", 3600, "name", "other");
        await().until(() -> lab.simulated.events().unsubscribed().size() == 1);
        await().until(() -> lab.simulated.events().subscriptions() == 1);
        assertThat(lab.fleet.find("cam-1")).containsSame(camera);
        assertThat(camera.health().information()).isNotNull();
        assertThat(lab.alarms("camera_refused", "raised")).hasSize(1);
    }

    @Test
    void settingsThatChangeTwiceAtOnceLeaveOneConnection() {
        Camera camera = lab.camera("interval", 3600);
        await().until(() -> camera.events() == EventStream.State.PULLING
                && lab.simulated.events().pulls() > 0);
        lab.camera("interval", 3600, "name", "one");
        lab.camera("interval", 3600, "name", "two");
        await().until(() -> camera.events() == EventStream.State.PULLING
                && lab.simulated.events().subscriptions() == 1);
        assertThat(camera.settings().label()).isEqualTo("two");
        lab.fleet.remove("cam-1").join();
        await().until(() -> lab.site.openConnections() == 0);
        assertThat(lab.simulated.events().subscriptions()).isZero();
    }

    @Test
    void afterTheEndNothingIsLeftNeitherHereNorAtTheCamera() {
        Camera camera = lab.camera();
        await().until(() -> camera.events() == EventStream.State.PULLING
                && lab.simulated.events().pulls() > 0);
        lab.fleet.remove("cam-1").join();
        assertThat(lab.simulated.events().subscriptions()).isZero();
        await().until(() -> lab.site.openConnections() == 0);
        lab.fleet.close();
        lab.loop.close();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("scs-camera")));
    }

    @Test
    void anotherFirmwareIsToldAndPicturesAreTakenOnSchedule() {
        Camera camera = lab.camera("thumbnail.interval", 1);
        await().until(() -> camera.health().information() != null);
        lab.simulated.model().firmware("5.8.0");
        camera.look().join();
        assertThat(lab.sent("event/camera_firmware").get(0).payload().metrics())
                .containsEntry("from", "5.7.1")
                .containsEntry("to", "5.8.0");
        await().until(() -> !lab.files.isEmpty());
        assertThat(lab.files.get(0).device()).isEqualTo("cam-1");
    }

    @Test
    void aThousandEventsAMinuteAreNotAllPassedOn() {
        Camera camera = lab.camera("events.all", true);
        await().until(() -> camera.events() == EventStream.State.PULLING
                && lab.simulated.events().pulls() > 0);
        for (int i = 0; i < 300; i++) {
            lab.simulated.events().emit("tns1:Monitoring/ProcessorUsage", "Value", String.valueOf(i + 2), "Changed");
        }
        await().until(() -> camera.sightings().seen() == 300);
        assertThat(lab.sent("event/camera_event").size()).isLessThanOrEqualTo(240);
        assertThat(camera.sightings().left()).isPositive();
    }

    @Test
    void whatCantBeUsedIsSaidAndTheCameraIsNotUsed() {
        CameraSettings settings = CameraSettings.of(
                new solutions.itms.scs.api.settings.Options(java.util.Map.of(
                        "id",
                        "a b",
                        "address",
                        "http://u:p@host",
                        "interval",
                        1,
                        "authentication",
                        "magic",
                        "tls.fingerprint",
                        "zz")),
                stored -> stored);
        assertThat(settings.usable()).isFalse();
        assertThat(settings.problems()).hasSize(5);
        assertThat(String.join(" ", settings.problems())).doesNotContain("u:p");
        assertThat(List.of(settings.watch().fingerprint())).containsExactly("0".repeat(64));
    }
}
