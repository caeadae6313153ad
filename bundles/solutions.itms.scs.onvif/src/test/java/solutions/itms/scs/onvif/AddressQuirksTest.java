package solutions.itms.scs.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static solutions.itms.scs.onvif.Lab.get;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solutions.itms.scs.onvif.http.Endpoint;
import solutions.itms.scs.onvif.soap.Service;
import solutions.itms.scs.testkit.camera.CameraFault;
import solutions.itms.scs.testkit.camera.SimulatedCamera;

/** Q17 to Q20: addresses that are not where the device is. */
class AddressQuirksTest {
    private static final Endpoint BASE = new Endpoint(false, "10.1.2.3", 8000);

    private final Lab lab = new Lab();

    @AfterEach
    void close() {
        lab.close();
    }

    @ParameterizedTest
    @CsvSource({
        "http://192.168.1.64/onvif/media?x=1, /onvif/media?x=1",
        "http:///onvif/media, /onvif/media",
        "http://192.168.1.64:8106:8106/onvif/media, /onvif/media",
        "https://127.0.0.1:2020/onvif/media, /onvif/media",
        "http://192.168.1.64, /onvif/media_service",
        "'', /onvif/media_service"
    })
    void q17ServicesAreAtTheEndpointThatWorksWithTheirOwnPath(String told, String path) {
        Addresses.Target target = Addresses.service(BASE, told, Service.MEDIA.path());
        assertThat(target).isEqualTo(new Addresses.Target(BASE, path));
    }

    @Test
    void q17ACameraThatKnowsNotWhereItIsWorksAllTheSame() {
        lab.camera.misbehave(CameraFault.WRONG_ADDRESSES);
        OnvifDevice device = lab.connected();
        assertThat(get(device.media().profiles())).hasSize(2);
        assertThat(get(device.media().snapshot("main")).bytes()).isNotEmpty();
        assertThat(get(device.media().streamUri("main"))).startsWith("rtsp://127.0.0.1:8554/");
        List<EventStream.State> states = new CopyOnWriteArrayList<>();
        try (EventStream events = new EventStream(device, null, all -> {}, states::add)) {
            events.start();
            await().until(() -> lab.camera.events().pulls() > 0);
        }
    }

    @Test
    void q17SubscriptionsKeepTheirOwnPortAsLongAsItWorks() {
        assertThat(Addresses.candidates(BASE, "http://192.168.1.64:1025/event-1025_1025"))
                .containsExactly(
                        new Addresses.Target(BASE.withPort(1025), "/event-1025_1025"),
                        new Addresses.Target(BASE, "/event-1025_1025"));
        SimulatedCamera other = lab.site.camera();
        lab.camera.events().otherPort = other.port();
        OnvifDevice device = lab.connected();
        try (EventStream events = new EventStream(device, null, all -> {}, state -> {})) {
            events.start();
            await().until(() -> other.operations().contains("tev:PullMessages"));
        }
    }

    @Test
    void q18TheTextOfTheSubscriptionGoesBackUnchangedWithItsParameters() {
        lab.camera.misbehave(CameraFault.WRONG_ADDRESSES);
        OnvifDevice device = lab.connected();
        try (EventStream events = new EventStream(device, null, all -> {}, state -> {})) {
            events.start();
            await().until(() -> lab.camera.events().pulls() > 0);
        }
        assertThat(lab.camera.requests())
                .anyMatch(request -> request.contains("PullMessages")
                        && request.contains("<wsa:To>http://127.0.0.9:1/onvif/sub1</wsa:To>")
                        && request.contains("wsa:IsReferenceParameter=\"true\"")
                        && request.contains(">7</SubscriptionId>"));
    }

    @Test
    void q19WithoutGetServicesTheCapabilitiesTellAndWithoutBothTheUsualPaths() {
        lab.camera.misbehave(CameraFault.NO_GET_SERVICES);
        OnvifDevice device = lab.connected();
        assertThat(device.listed()).extracting(ServiceEntry::namespace).contains(Service.PTZ.namespace());
        assertThat(get(device.media().profiles())).hasSize(2);
        lab.camera.script("tds:GetCapabilities", r -> Lab.reply(400, ""));
        OnvifDevice older = lab.connected();
        assertThat(older.listed()).isEmpty();
        assertThat(older.target(Service.PTZ).path()).isEqualTo("/onvif/ptz_service");
        assertThat(get(older.ptz().status("main")).moving()).isFalse();
    }

    @Test
    void q19MediaTwoIsNotTakenForMediaThoughItComesFirst() {
        OnvifDevice device = lab.connected();
        assertThat(device.listed().get(0).namespace()).isEqualTo(Service.MEDIA2.namespace());
        assertThat(device.target(Service.MEDIA).path()).isEqualTo("/onvif/media");
        assertThat(device.target(Service.MEDIA2).path()).isEqualTo("/onvif/media2");
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp://admin:pw@192.168.1.64:554/a?b=1&c=2, rtsp://10.1.2.3/a?b=1&c=2",
        "rtsp://0.0.0.0:8554/live, rtsp://10.1.2.3:8554/live",
        "RTSP://u@host/live, rtsp://10.1.2.3/live"
    })
    void q20StreamsHaveOurHostAndNoUser(String told, String uri) {
        assertThat(Addresses.stream(BASE, told)).isEqualTo(uri);
    }

    @Test
    void q20WhatLooksLikeAPasswordIsNotShown() {
        assertThatThrownBy(() -> Addresses.stream(BASE, "nowhere")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Addresses.redacted("rtsp://a:b@h/user=admin_password=tlJwpbo6_channel=1_stream=0.sdp?x"))
                .isEqualTo("rtsp://h/user=admin_password=…_channel=1_stream=0.sdp?x");
        assertThat(Addresses.redacted("http://h/s?user=a&pwd=secret&w=1")).isEqualTo("http://h/s?user=a&pwd=…&w=1");
    }
}
