package solutions.itms.scs.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PayloadCodecTest {
    @Test
    void whatIsEncodedIsDecodedAgain() throws Exception {
        Payload payload = Payload.of(Instant.ofEpochMilli(1), Map.of("a", 1L));
        assertThat(PayloadCodec.decode(PayloadCodec.encode(payload))).isEqualTo(payload);
    }
}
