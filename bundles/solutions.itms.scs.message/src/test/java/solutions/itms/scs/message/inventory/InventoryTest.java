package solutions.itms.scs.message.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import solutions.itms.scs.message.MalformedPayloadException;
import solutions.itms.scs.message.Payload;
import solutions.itms.scs.message.PayloadCodec;
import solutions.itms.scs.message.command.DeviceType;

class InventoryTest {
    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

    @Test
    void aListIsReadAsItWasSent() throws Exception {
        Inventory sent = new Inventory("camera", 7, List.of(camera("192.0.2.9:80"), bare()));

        Payload carried = PayloadCodec.decode(PayloadCodec.encode(sent.toPayload(AT)));

        assertThat(Inventory.from(carried)).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.9:80, 192.0.2.9:80",
        "admin:secret@192.0.2.9:80, 192.0.2.9:80",
        "rtsp://admin:p@ss@192.0.2.9:554/live?user=admin&password=secret, rtsp://192.0.2.9:554/live",
    })
    void anAddressNeverHoldsASecret(String address, String shown) {
        assertThat(camera(address).address()).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"devices\":5}",
                "{\"devices\":[5]}",
                "{\"devices\":[{\"type\":\"CAMERA\"}]}",
                "{\"devices\":[{\"id\":\"a\"}]}",
                "{\"devices\":[{\"id\":\"a\",\"type\":\"GATE\"}]}",
                "{\"devices\":[{\"id\":\"a\",\"type\":\"EDGE_CONTROLLER\"}]}",
                "{\"devices\":[{\"id\":\"a\",\"type\":\"CAMERA\",\"status\":\"asleep\"}]}",
                "{\"devices\":[{\"id\":\"a\",\"type\":\"CAMERA\",\"name\":5}]}",
                "{\"devices\":[{\"id\":\"a\",\"type\":\"CAMERA\",\"profiles\":\"x\"}]}",
                "{\"devices\":[{\"id\":\"a\",\"type\":\"CAMERA\"},{\"id\":\"a\",\"type\":\"NVR\"}]}",
            })
    void aListThatMakesNoSenseIsRefused(String body) {
        Payload payload =
                new Payload(AT, null, Map.of("part", "camera", "revision", 1L), body.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> Inventory.from(payload)).isInstanceOf(MalformedPayloadException.class);
    }

    @Test
    void membersOfNewerGatewaysAreLeftOut() throws Exception {
        byte[] body =
                "{\"devices\":[{\"id\":\"a\",\"type\":\"RADAR\",\"range\":250}]}".getBytes(StandardCharsets.UTF_8);

        Inventory read = Inventory.from(new Payload(AT, null, Map.of("part", "field", "revision", 1L), body));

        assertThat(read.devices()).extracting(Device::type).containsExactly(DeviceType.RADAR);
    }

    private static Device camera(String address) {
        return new Device(
                "cam-1",
                DeviceType.CAMERA,
                "nvr-1",
                "North lane",
                "Maker",
                "M-1",
                "1.2.3",
                "S1",
                address,
                List.of("main", "sub"),
                "online");
    }

    private static Device bare() {
        return new Device("nvr-1", DeviceType.NVR, null, null, null, null, null, null, null, List.of(), "unknown");
    }
}
