package solutions.itms.scs.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTest {
    @Test
    void a_receipt_comes_out_as_it_went_in() throws Exception {
        Receipt receipt = new Receipt("e1", 7, List.of(new Receipt.Range(9, 9), new Receipt.Range(12, 20)));

        Payload payload = receipt.toPayload(Instant.EPOCH);

        assertThat(payload.metrics()).containsEntry("seq", 7L).containsEntry("ranges", "9,12-20");
        assertThat(Receipt.of(PayloadCodec.decode(PayloadCodec.encode(payload))))
                .isEqualTo(receipt);
        assertThat(Receipt.of(new Receipt("e1", 0, List.of()).toPayload(Instant.EPOCH)))
                .isEqualTo(new Receipt("e1", 0, List.of()));
    }

    @Test
    void a_receipt_covers_the_numbers_up_to_its_own_and_those_in_its_ranges() {
        Receipt receipt = new Receipt("e1", 7, List.of(new Receipt.Range(9, 9), new Receipt.Range(12, 20)));

        for (long seq : new long[] {1, 7, 9, 12, 16, 20}) {
            assertThat(receipt.covers(seq)).as("%d", seq).isTrue();
        }
        for (long seq : new long[] {8, 10, 11, 21}) {
            assertThat(receipt.covers(seq)).as("%d", seq).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "5-", "-5", "9-8", "3,3", "5-9,7", "1,,2", "99999999999999999999"})
    void ranges_that_are_none_are_refused(String ranges) {
        Payload payload = Payload.of(Instant.EPOCH, Map.of("epoch", "e1", "seq", 1L, "ranges", ranges));

        assertThatThrownBy(() -> Receipt.of(payload)).isInstanceOf(MalformedPayloadException.class);
    }

    @Test
    void a_receipt_without_its_parts_is_refused() {
        assertThatThrownBy(() -> Receipt.of(Payload.of(Instant.EPOCH, Map.of("epoch", "e1"))))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("epoch and seq");
        assertThatThrownBy(() -> Receipt.of(Payload.of(Instant.EPOCH, Map.of("epoch", "e1", "seq", -1L))))
                .isInstanceOf(MalformedPayloadException.class);
    }
}
