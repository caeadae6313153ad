package solutions.itms.scs.message.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwsTest {
    /** The key of RFC 8037, appendix A. */
    private static final String D = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

    private static final String X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    private static final KeyPair PAIR = Ed25519.generate();
    private static final SigningKey KEY = new SigningKey("server-1", PAIR.getPrivate());
    private static final KeyRing RING = new KeyRing(Map.of("server-1", PAIR.getPublic()));

    @Test
    void signsAsRfc8037Does() throws CommandRefusedException {
        PrivateKey key = Ed25519.privateKey(D);
        String jws = Jws.sign(key, bytes("{\"alg\":\"EdDSA\"}"), bytes("Example of Ed25519 signing"));
        assertThat(jws)
                .isEqualTo("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
                        + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
        assertThat(Jws.verifies(Ed25519.publicKey(X), jws)).isTrue();
        assertThat(Ed25519.text(Ed25519.publicKey(X))).isEqualTo(X);
        assertThat(Ed25519.text(key)).isEqualTo(D);
    }

    @Test
    void readsKeysFromPemAsWell() {
        Base64.Encoder mime = Base64.getMimeEncoder(64, bytes("\n"));
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + mime.encodeToString(PAIR.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n";
        String secret = "-----BEGIN PRIVATE KEY-----\n"
                + mime.encodeToString(PAIR.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----";
        assertThat(Ed25519.publicKey(pem)).isEqualTo(PAIR.getPublic());
        assertThat(Ed25519.text(Ed25519.privateKey(secret))).isEqualTo(Ed25519.text(PAIR.getPrivate()));
        for (int i = 0; i < 50; i++) {
            PublicKey key = Ed25519.generate().getPublic();
            assertThat(Ed25519.publicKey(Ed25519.text(key))).isEqualTo(key);
        }
    }

    @Test
    void whatWasSignedComesBack() throws CommandRefusedException {
        Jws.Signed signed = Jws.verify(RING, Jws.sign(KEY, bytes("hello")));
        assertThat(signed.keyId()).isEqualTo("server-1");
        assertThat(signed.payload()).isEqualTo(bytes("hello"));
    }

    @Test
    void severalKeysAreValidAtOnceAndARevokedOneIsNot() throws CommandRefusedException {
        KeyPair old = Ed25519.generate();
        String jws = Jws.sign(new SigningKey("server-0", old.getPrivate()), bytes("x"));
        KeyRing both = KeyRing.parse(
                List.of("server-0:" + Ed25519.text(old.getPublic()), "server-1:" + Ed25519.text(PAIR.getPublic())));
        assertThat(Jws.verify(both, jws).keyId()).isEqualTo("server-0");
        assertRefused(jws, ErrorCode.BAD_SIGNATURE, "not known here");
    }

    @Test
    void anotherKeyUnderAKnownIdIsRefused() {
        SigningKey forged = new SigningKey("server-1", Ed25519.generate().getPrivate());
        assertRefused(Jws.sign(forged, bytes("x")), ErrorCode.BAD_SIGNATURE, "not of the key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\",\"kid\":\"server-1\"}",
                "{\"alg\":\"None\",\"kid\":\"server-1\"}",
                "{\"alg\":\"HS256\",\"kid\":\"server-1\"}",
                "{\"alg\":\"ES256\",\"kid\":\"server-1\"}",
                "{\"kid\":\"server-1\"}"
            })
    void noOtherAlgorithmIsTaken(String header) {
        assertRefused(Jws.sign(PAIR.getPrivate(), bytes(header), bytes("x")), ErrorCode.BAD_SIGNATURE, "algorithm");
        assertRefused(encode(header) + "." + encode("x") + ".", ErrorCode.BAD_SIGNATURE, "algorithm");
    }

    @Test
    void aSecretThatIsThePublicKeyIsRefused() throws Exception {
        String input = encode("{\"alg\":\"HS256\",\"kid\":\"server-1\"}") + "." + encode("x");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(PAIR.getPublic().getEncoded(), "HmacSHA256"));
        String jws = input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(bytes(input)));
        assertRefused(jws, ErrorCode.BAD_SIGNATURE, "algorithm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"EdDSA\",\"kid\":\"server-1\",\"crit\":[\"exp\"]}",
                "{\"alg\":\"EdDSA\",\"kid\":\"server-1\",\"b64\":false}",
                "{\"alg\":\"EdDSA\",\"kid\":\"server-1\",\"jwk\":{}}",
                "{\"alg\":\"EdDSA\",\"kid\":\"server-1\",\"alg\":\"EdDSA\"}",
                "{\"alg\":\"EdDSA\",\"kid\":7}",
                "{\"alg\":\"EdDSA\"}",
                "{\"alg\":\"EdDSA\",\"kid\":\"a b\"}",
                "[]",
                "{",
                ""
            })
    void otherHeadersAreRefusedThoughTheSignatureIsRight(String header) {
        assertRefused(Jws.sign(PAIR.getPrivate(), bytes(header), bytes("x")), ErrorCode.MALFORMED, "header");
    }

    @Test
    void everyTextOtherThanTheSignedOneIsRefused() {
        String jws = Jws.sign(KEY, bytes("{\"a\":1}"));
        for (int i = 0; i < jws.length(); i++) {
            int at = i;
            String cut = jws.substring(0, at);
            assertThatThrownBy(() -> Jws.verify(RING, cut)).isInstanceOf(CommandRefusedException.class);
            String changed = cut + (jws.charAt(at) == 'A' ? 'B' : 'A') + jws.substring(at + 1);
            assertThatThrownBy(() -> Jws.verify(RING, changed)).isInstanceOf(CommandRefusedException.class);
        }
        for (String changed : List.of(jws + "=", jws + "==", jws + ".", jws + " ", " " + jws, jws + "\n", "." + jws)) {
            assertThatThrownBy(() -> Jws.verify(RING, changed)).isInstanceOf(CommandRefusedException.class);
        }
    }

    @Test
    void whatIsTooLargeIsRefusedUnread() {
        assertRefused("a".repeat(Jws.MAX_CHARS + 1), ErrorCode.TOO_LARGE, "at most");
        assertRefused(".".repeat(Jws.MAX_CHARS), ErrorCode.MALFORMED, "three parts");
    }

    @Test
    void randomBytesAreRefused() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            assertThatThrownBy(() -> Jws.verify(RING, text)).isInstanceOf(CommandRefusedException.class);
        }
    }

    @Test
    void wrongKeysAreRefusedAndNeverQuoted() {
        assertThatThrownBy(() -> KeyRing.parse(List.of("k1:abc")))
                .hasMessageContaining("key k1: not an Ed25519 public");
        assertThatThrownBy(() -> KeyRing.parse(List.of(X))).hasMessageContaining("form id:key");
        assertThatThrownBy(() -> KeyRing.parse(List.of("k:" + X, "k:" + X))).hasMessageContaining("twice");
        assertThatThrownBy(() -> SigningKey.parse("k:hush-hush"))
                .hasMessage("not an Ed25519 private key")
                .hasNoCause();
        assertThat(SigningKey.parse("gw1#1:" + D)).hasToString("SigningKey gw1#1");
    }

    private static void assertRefused(String jws, ErrorCode code, String text) {
        assertThatThrownBy(() -> Jws.verify(RING, jws))
                .isInstanceOfSatisfying(
                        CommandRefusedException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(text);
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
