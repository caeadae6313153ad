package solutions.itms.scs.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.api.command.FailureCode;

/** Cameras that come and go by themselves, and those that become ours. */
class HelloTest {
    private static final String ID = "urn:uuid:5f5a69c2-e0ae-504f-829b-00408cc0ffee";

    private final Lab lab = new Lab();

    @BeforeEach
    void listen() {
        lab.search.hear();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void aNewCameraIsToldOnceAndAddedWhenSomebodyAsksForIt() throws Exception {
        String address = "127.0.0.1:8899";
        assertThat(lab.failure("camera_add", Map.of("address", address)).code()).isEqualTo(FailureCode.NOT_FOUND);
        await().until(() -> {
            say("Hello", "http://10.9.9.9:8899/onvif/device_service");
            return !lab.sent("event/camera_found").isEmpty();
        });
        assertThat(lab.sent("event/camera_found").get(0).metric("address")).isEqualTo(address);

        assertThat(lab.run("camera_add", Map.of("address", address, "name", "Gate hall"))
                        .values())
                .containsEntry("camera", "cam-5f5a69c2-e0ae-504f-829b-00408cc0ffee");

        assertThat(lab.added).containsExactly("cam-5f5a69c2-e0ae-504f-829b-00408cc0ffee Gate hall " + address);
        say("Hello", "http://10.9.9.9:8899/onvif/device_service");
        await().during(Duration.ofMillis(300))
                .until(() -> lab.sent("event/camera_found").size() == 1);
    }

    @Test
    void aCameraThatSaysHelloOrByeIsLookedAtAtOnce() throws Exception {
        lab.camera("interval", 3_600);
        await().until(() -> lab.sent("camera/cam-1/metrics").size() == 1);
        await().until(() -> {
            say("Hello", "http://" + lab.simulated.address() + "/onvif/device_service");
            return lab.sent("camera/cam-1/metrics").size() >= 2;
        });
        int before = lab.sent("camera/cam-1/metrics").size();
        await().until(() -> {
            say("Bye", "");
            return lab.sent("camera/cam-1/metrics").size() >= before + 2;
        });
    }

    private void say(String what, String address) throws IOException {
        String text = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
                + " xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\""
                + " xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\"><s:Body><d:" + what + ">"
                + "<a:EndpointReference><a:Address>" + ID + "</a:Address></a:EndpointReference>"
                + (address.isEmpty() ? "" : "<d:XAddrs>" + address + "</d:XAddrs>")
                + "</d:" + what + "></s:Body></s:Envelope>";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(
                    bytes, bytes.length, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), lab.discoveryPort));
        }
    }
}
