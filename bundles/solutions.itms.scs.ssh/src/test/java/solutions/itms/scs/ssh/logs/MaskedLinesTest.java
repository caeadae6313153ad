package solutions.itms.scs.ssh.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskedLinesTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final MaskedLines lines = new MaskedLines(out, MaskedLines.LineTap.NONE);

    @Test
    void aNumberIsMaskedWhereverThePiecesEnd() throws Exception {
        byte[] text = "card 5555555555554444, ok\nประตู 378282246310005\n".getBytes(UTF_8);
        for (int piece = 1; piece < text.length; piece++) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            MaskedLines masked = new MaskedLines(whole, MaskedLines.LineTap.NONE);
            for (int from = 0; from < text.length; from += piece) {
                masked.take(text, from, Math.min(piece, text.length - from));
            }
            masked.finish();
            assertThat(whole.toString(UTF_8)).isEqualTo("card ************4444, ok\nประตู ***********0005\n");
        }
    }

    @Test
    void aNumberInALineWithoutEndIsMaskedToo() throws Exception {
        byte[] filler = "x".repeat(65_530).getBytes(UTF_8);
        lines.take(filler, 0, filler.length);
        byte[] number = " 5555555555554444 ".getBytes(UTF_8);
        lines.take(number, 0, number.length);
        lines.take(filler, 0, filler.length);
        lines.finish();
        assertThat(out.toString(UTF_8)).contains(" ************4444 ").doesNotContain("5555");
    }

    @Test
    void whatIsNoNumberComesOutByteForByte() throws Exception {
        byte[] noise = new byte[300_000];
        new Random(7).nextBytes(noise);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = noise[i] >= '0' && noise[i] <= '9' ? (byte) 'x' : noise[i];
        }
        lines.take(noise, 0, noise.length);
        lines.finish();
        assertThat(out.toByteArray()).isEqualTo(noise);
        assertThat(lines.written()).isEqualTo(noise.length);
    }

    @Test
    void whatIsKeptBackDoesNotCount() throws Exception {
        byte[] text = "one\ntw".getBytes(UTF_8);
        lines.take(text, 0, text.length);
        assertThat(lines.written()).isEqualTo(4);
        assertThat(new String(lines.tail(), UTF_8)).isEqualTo("one\n");
    }
}
