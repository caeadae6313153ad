package solutions.itms.scs.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static solutions.itms.scs.onvif.Lab.failure;
import static solutions.itms.scs.onvif.Lab.get;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.onvif.soap.OnvifException;
import solutions.itms.scs.onvif.soap.Service;

/** Every operation against a camera that checks what it is asked. */
class OnvifDeviceTest {
    private final Lab lab = new Lab();

    @AfterEach
    void nothingWasWrongWithAnyRequest() {
        assertThat(lab.camera.problems()).isEmpty();
        lab.close();
    }

    @Test
    void deviceManagementIsRead() {
        OnvifDevice device = lab.connected();
        assertThat(device.listed()).hasSize(6).anyMatch(entry -> entry.version().equals("2.6"));
        assertThat(get(device.management().information()))
                .isEqualTo(new DeviceInformation("Simulated", "Cam 1", "5.7.1", "S1", "1.0"));
        assertThat(get(device.management().scopes())).contains("onvif://www.onvif.org/Profile/T");
        assertThat(get(device.management().time()).source()).isEqualTo("NTP");
        NetworkFacts network = get(device.management().network());
        assertThat(network.hostname()).isEqualTo("cam-1");
        assertThat(network.addresses()).containsExactly("192.168.1.64/24");
        assertThat(network.macAddresses()).containsExactly("02:00:00:00:00:01");
        assertThat(network.gateways()).containsExactly("192.168.1.1");
        assertThat(network.ntp()).containsExactly("pool.ntp.org");
        assertThat(network.protocols()).containsExactly("HTTP 80");
        assertThat(get(device.management().users())).containsExactly(new DeviceUser("admin", "Administrator"));
        assertThat(get(device.management().discoveryMode())).isEqualTo("Discoverable");
        assertThat(get(device.management().endpointReference())).isEqualTo("urn:uuid:1");
        assertThat(failure(device.management().certificates()).kind()).isEqualTo(OnvifException.Kind.UNSUPPORTED);
    }

    @Test
    void theClockIsSetAndTheDeviceRestarted() {
        OnvifDevice device = lab.connected();
        lab.camera.skew(Duration.ofDays(-3));
        get(device.management().setTime(Instant.parse("2026-01-02T03:04:05Z")));
        assertThat(lab.camera.requests())
                .anyMatch(request -> request.contains("<tt:Hour>3</tt:Hour><tt:Minute>4</tt:Minute>"));
        get(device.management().useNtp());
        assertThat(get(device.management().reboot())).isEqualTo("Rebooting");
    }

    @Test
    void relaysAreSwitched() {
        OnvifDevice device = lab.connected();
        assertThat(get(device.management().relayOutputs()))
                .containsExactly(new RelayOutput("relay1", "Bistable", "open"));
        get(device.management().setRelayOutput("relay1", true));
        assertThat(lab.camera.model().relay()).isEqualTo("active");
    }

    @Test
    void profilesComeFromMediaTwoOrElseFromMediaOne() {
        OnvifDevice device = lab.connected();
        MediaProfile main = get(device.media().profiles()).get(0);
        assertThat(main).isEqualTo(new MediaProfile("main", "main", "H265", 1920, 1080, 25.0, 4096, "vs0", "ptz0"));
        lab.camera.model().withoutMediaTwo();
        OnvifDevice older = lab.connected();
        assertThat(get(older.media().profiles()))
                .extracting(MediaProfile::encoding)
                .containsExactly("H264", "H264");
        assertThat(get(older.media().videoSources())).containsExactly("vs0");
        assertThat(get(older.media().videoEncoderConfigurations())).hasSize(1);
    }

    @Test
    void aStreamHasNoUserInItAndASnapshotIsAPicture() {
        OnvifDevice device = lab.connected();
        assertThat(get(device.media().streamUri("main"))).isEqualTo("rtsp://127.0.0.1:8554/stream?profile=main&x=1");
        Picture picture = get(device.media().snapshot("main"));
        assertThat(picture.mediaType()).isEqualTo("image/jpeg");
        assertThat(picture.bytes().length).isGreaterThan(500);
    }

    @Test
    void imagingIsReadAndChangedWithinTheRangesThatTheCameraTells() {
        OnvifDevice device = lab.connected();
        assertThat(get(device.imaging().settings("vs0"))).containsEntry("Brightness", 50L);
        assertThat(get(device.imaging().options("vs0")))
                .containsEntry("IrCutFilterModes", List.of("ON", "OFF", "AUTO"))
                .containsEntry("Brightness", Map.of("Min", 0L, "Max", 100L));
        get(device.imaging().set("vs0", Map.of("Brightness", "70", "IrCutFilter", "OFF", "Exposure/Mode", "MANUAL")));
        assertThat(lab.camera.model().imaging())
                .containsEntry("Brightness", "70")
                .containsEntry("IrCutFilter", "OFF")
                .containsEntry("Exposure/Mode", "MANUAL")
                .containsEntry("Contrast", "50");
        assertThat(failure(device.imaging().set("vs0", Map.of("Brightness", "101"))))
                .hasMessage("Brightness must be a number from 0 to 100");
        assertThat(failure(device.imaging().set("vs0", Map.of("IrCutFilter", "MAYBE"))))
                .hasMessage("IrCutFilter must be one of ON, OFF, AUTO");
        assertThat(failure(device.imaging().set("vs0", Map.of("WideDynamicRange/Mode", "ON"))))
                .hasMessageContaining("has no setting");
    }

    @Test
    void itMovesAndRemembersPositions() {
        OnvifDevice device = lab.connected();
        get(device.ptz().absoluteMove("main", new PtzVector(0.5, -0.25, 0.1)));
        PtzStatus status = get(device.ptz().status("main"));
        assertThat(status).isEqualTo(new PtzStatus(0.5, -0.25, 0.1, false));
        assertThat(get(device.ptz().presets("main")))
                .extracting(PtzPreset::name)
                .containsExactly("Home");
        String token = get(device.ptz().setPreset("main", "Door & gate", ""));
        assertThat(lab.camera.ptz().presets()).containsEntry(token, "Door & gate");
        get(device.ptz().gotoPreset("main", token));
        get(device.ptz().removePreset("main", token));
        get(device.ptz().gotoHome("main"));
        get(device.ptz().setHome("main"));
        assertThat(get(device.ptz().nodes())).hasSize(1);
        assertThat(lab.camera.ptz().presets()).doesNotContainKey(token);
    }

    @Test
    void serviceCapabilitiesThatADeviceLacksAreUnsupported() {
        OnvifDevice device = lab.connected();
        assertThat(failure(device.management().serviceCapabilities(Service.DEVICE))
                        .kind())
                .isEqualTo(OnvifException.Kind.UNSUPPORTED);
    }

    @Test
    void nothingIsLeftAfterTheEnd() {
        OnvifDevice device = lab.connected();
        CompletableFuture<?> waiting = device.management().information();
        device.close();
        waiting.exceptionally(failure -> null).join();
        assertThat(failure(device.management().information()).kind()).isEqualTo(OnvifException.Kind.STOPPED);
        await().until(() -> lab.site.openConnections() == 0);
        lab.loop.close();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("scs-test") && thread.isAlive()));
    }
}
