package solutions.itms.scs.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static solutions.itms.scs.onvif.Lab.get;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.testkit.camera.DiscoveryResponder;

/** Q21: finding cameras. */
class DiscoveryQuirksTest {
    private final Lab lab = new Lab();

    @AfterEach
    void close() {
        lab.close();
    }

    private List<FoundDevice> search(DiscoveryResponder responder) throws Exception {
        Discovery discovery = new Discovery(lab.loop, responder.port());
        return get(discovery.search(List.of(InetAddress.getByName("127.0.0.1")), false, Duration.ofMillis(1_200)));
    }

    @Test
    void q21ADeviceIsFoundOnceWithAllItsAddresses() throws Exception {
        try (DiscoveryResponder responder = new DiscoveryResponder()) {
            responder.answer(
                    "urn:uuid:1", "http://192.168.1.64/onvif/device_service", "onvif://www.onvif.org/name/Gate%201");
            responder.answer(
                    "urn:uuid:1", "http://10.0.0.64/onvif/device_service http://[fe80::1]/onvif/device_service", "");
            List<FoundDevice> found = search(responder);
            assertThat(found).hasSize(1);
            assertThat(found.get(0).addresses()).hasSize(3);
            assertThat(found.get(0).scope("name")).contains("Gate 1");
        }
    }

    @Test
    void q21EachKindOfDeviceIsAskedForSeveralTimes() throws Exception {
        try (DiscoveryResponder responder = new DiscoveryResponder()) {
            search(responder);
            assertThat(responder.probes()).hasSizeGreaterThanOrEqualTo(9);
            assertThat(responder.probes().stream().filter(p -> p.contains("dn:NetworkVideoTransmitter")))
                    .hasSize(3);
            assertThat(responder.probes().stream().filter(p -> p.contains("tds:Device<")))
                    .hasSize(3);
            assertThat(responder.probes().stream().filter(p -> p.contains("<d:Types/>")))
                    .hasSize(3);
            assertThat(responder.probes().stream()
                            .map(p -> p.replaceAll("(?s).*<wsa:MessageID>([^<]*)<.*", "$1"))
                            .distinct())
                    .hasSize(3);
        }
    }

    @Test
    void q21AnAnswerWithoutAddressesOrRelationCountsAndADelayedOneToo() throws Exception {
        try (DiscoveryResponder responder = new DiscoveryResponder()) {
            responder.delay(Duration.ofMillis(700));
            responder.answer("urn:uuid:2", "", "");
            List<FoundDevice> found = search(responder);
            assertThat(found).extracting(FoundDevice::addresses).containsExactly(List.of("http://127.0.0.1"));
        }
    }

    @Test
    void rangesAreReadAndKeptSmall() {
        assertThat(Discovery.range("192.168.1.0/30"))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("192.168.1.1", "192.168.1.2");
        assertThat(Discovery.range("10.0.0.9-10.0.0.11")).hasSize(3);
        assertThat(Discovery.range("10.0.0.9")).hasSize(1);
        assertThatThrownBy(() -> Discovery.range("10.0.0.0/8")).hasMessageContaining("/20 to /32");
        assertThatThrownBy(() -> Discovery.range("camera.example")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Discovery.range("10.0.0.300")).isInstanceOf(IllegalArgumentException.class);
    }
}
