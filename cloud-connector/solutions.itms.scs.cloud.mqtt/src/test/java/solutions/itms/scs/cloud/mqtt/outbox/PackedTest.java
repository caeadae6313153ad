package solutions.itms.scs.cloud.mqtt.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import solutions.itms.scs.message.Sequence;

class PackedTest {
    @Test
    void a_message_comes_out_as_it_went_in_and_is_as_long_as_was_said() {
        for (Message message : new Message[] {
            message(null, "", null),
            message("requester", "สถานี/ü/€", new Sequence("e", Long.MAX_VALUE)),
            message("x", "a😀b", null)
        }) {
            byte[] packed = Packed.pack(message);
            assertThat(packed).hasSize(Packed.size(message));
            assertThat(Packed.unpack(5, packed)).usingRecursiveComparison().isEqualTo(message);
        }
    }

    @Test
    void bytes_that_are_no_message_are_refused() {
        byte[] packed = Packed.pack(message(null, "topic", null));
        packed[0] = 9;
        assertThatThrownBy(() -> Packed.unpack(5, packed)).hasMessageContaining("unknown version");
        assertThatThrownBy(() -> Packed.unpack(5, new byte[] {1, 0, 0})).isInstanceOf(RuntimeException.class);
    }

    private static Message message(@Nullable String addressee, String topic, @Nullable Sequence number) {
        return new Message(true, addressee, "SCS-V1", topic, new byte[] {1, 2, 3}, 1, true, 5, number, "source");
    }
}
