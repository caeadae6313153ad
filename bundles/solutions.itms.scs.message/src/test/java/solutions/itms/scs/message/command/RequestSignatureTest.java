package solutions.itms.scs.message.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestSignatureTest {
    private static final KeyPair PAIR = Ed25519.generate();
    private static final byte[] SECRET = "a shared secret".getBytes(StandardCharsets.UTF_8);
    private static final RequestSignature REQUEST = new RequestSignature(
            "post",
            "/api/v1/device/commands/c-1/ack",
            "wait=25&a=1",
            "Server:8080",
            "1772352000123",
            "0123456789abcdef",
            RequestSignature.sha256("{}".getBytes(StandardCharsets.UTF_8)),
            "gw-1#1");

    @Test
    void whatIsSignedHasALineForEachPart() {
        assertThat(REQUEST.stringToSign())
                .isEqualTo("SCS1\nPOST\n/api/v1/device/commands/c-1/ack\na=1&wait=25\nserver:8080\n1772352000123\n"
                        + "0123456789abcdef\n44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\ngw-1#1");
    }

    @Test
    void bothKindsOfKeysSignAndVerify() {
        assertThat(REQUEST.verify(PAIR.getPublic(), REQUEST.sign(PAIR.getPrivate())))
                .isTrue();
        assertThat(REQUEST.verify(SECRET, REQUEST.sign(SECRET))).isTrue();
        assertThat(REQUEST.verify(Ed25519.generate().getPublic(), REQUEST.sign(PAIR.getPrivate())))
                .isFalse();
        assertThat(REQUEST.verify(new byte[] {1}, REQUEST.sign(SECRET))).isFalse();
    }

    @Test
    void aChangeOfAnyPartMakesTheSignatureWrong() {
        String signature = REQUEST.sign(PAIR.getPrivate());
        String secretSignature = REQUEST.sign(SECRET);
        for (RequestSignature changed : List.of(
                new RequestSignature("get", path(), "wait=25&a=1", "server:8080", time(), nonce(), body(), "gw-1#1"),
                new RequestSignature("post", "/x", "wait=25&a=1", "server:8080", time(), nonce(), body(), "gw-1#1"),
                new RequestSignature("post", path(), "wait=26&a=1", "server:8080", time(), nonce(), body(), "gw-1#1"),
                new RequestSignature("post", path(), "wait=25&a=1", "other:8080", time(), nonce(), body(), "gw-1#1"),
                new RequestSignature("post", path(), "wait=25&a=1", "server:8080", "1", nonce(), body(), "gw-1#1"),
                new RequestSignature("post", path(), "wait=25&a=1", "server:8080", time(), "n", body(), "gw-1#1"),
                new RequestSignature("post", path(), "wait=25&a=1", "server:8080", time(), nonce(), "b", "gw-1#1"),
                new RequestSignature(
                        "post", path(), "wait=25&a=1", "server:8080", time(), nonce(), body(), "gw-2#1"))) {
            assertThat(changed.verify(PAIR.getPublic(), signature)).isFalse();
            assertThat(changed.verify(SECRET, secretSignature)).isFalse();
        }
    }

    @Test
    void textsThatAreNoSignatureAreWrong() {
        for (String text : List.of("", "!", "AAAA", "A".repeat(10_000))) {
            assertThat(REQUEST.verify(PAIR.getPublic(), text)).isFalse();
            assertThat(REQUEST.verify(SECRET, text)).isFalse();
        }
    }

    @Test
    void aLineBreakCannotMoveAPartIntoTheNext() {
        RequestSignature split = new RequestSignature("post", "/a\nb", "", "h", time(), nonce(), body(), "k");
        assertThatThrownBy(() -> split.sign(SECRET)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String path() {
        return REQUEST.path();
    }

    private static String time() {
        return REQUEST.timestamp();
    }

    private static String nonce() {
        return REQUEST.nonce();
    }

    private static String body() {
        return REQUEST.bodySha256();
    }
}
