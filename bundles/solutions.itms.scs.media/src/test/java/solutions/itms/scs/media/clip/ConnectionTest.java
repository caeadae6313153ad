package solutions.itms.scs.media.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solutions.itms.scs.onvif.http.Trust;
import solutions.itms.scs.testkit.rtsp.Recording;
import solutions.itms.scs.testkit.rtsp.ReplayServer;
import solutions.itms.scs.testkit.rtsp.RtspFault;

/** Ways to a server, and who we are there. */
class ConnectionTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Recording RECORDING =
            Recording.of("one", 1, START, START.plusSeconds(60), Recording.Format.small());

    private final List<ReplayServer> servers = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        servers.forEach(ReplayServer::close);
    }

    private ReplayServer server() {
        ReplayServer server = new ReplayServer().add(RECORDING);
        servers.add(server);
        return server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"BASIC", "MD5", "SHA_256"})
    void aUserIsProvedTheWayTheServerAsksFor(String scheme) throws Exception {
        ReplayServer server = server().login(scheme, "admin", "it's \"secret\"");
        assertThat(export(server.replayUri("one"), new Login("admin", "it's \"secret\""), null)
                        .complete())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BASIC", "MD5", "SHA_256"})
    void aWrongPasswordIsTriedOnceAndToldOf(String scheme) {
        ReplayServer server = server().login(scheme, "admin", "secret");
        assertThatThrownBy(() -> export(server.replayUri("one"), new Login("admin", "wrong"), null))
                .isInstanceOfSatisfying(MediaException.class, e -> {
                    assertThat(e.kind()).isEqualTo(MediaException.Kind.REFUSED);
                    assertThat(e.getMessage()).doesNotContain("wrong");
                });
        assertThat(server.requests().stream().filter(request -> request.startsWith("DESCRIBE")))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "MD5"})
    void anHttpTunnelLeadsToTheSameRecording(String scheme) throws Exception {
        ReplayServer server = server().login(scheme, "admin", "secret");
        String uri = "http://127.0.0.1:" + server.port() + "/replay/one";
        assertThat(export(uri, new Login("admin", "secret"), null).complete()).isTrue();
        assertThat(server.requests()).contains("GET /replay/one", "POST /replay/one");
    }

    @Test
    void aCertificateIsPinnedTheFirstTimeAndHoldsFromThenOn() throws Exception {
        ReplayServer server = new ReplayServer(0, context()).add(RECORDING);
        servers.add(server);
        String uri = "rtsps://127.0.0.1:" + server.securePort() + "/replay/one";
        List<String> seen = new ArrayList<>();
        Trust trust = new Trust("", seen::add);
        assertThat(export(uri, null, trust).complete()).isTrue();
        assertThat(export(uri, null, trust).complete()).isTrue();
        assertThat(seen).hasSize(1);

        Trust other = new Trust("ab".repeat(32), fingerprint -> {});
        assertThatThrownBy(() -> export(uri, null, other)).isInstanceOfSatisfying(MediaException.class, e -> {
            assertThat(e.kind()).isEqualTo(MediaException.Kind.UNREACHABLE);
            assertThat(e.getMessage()).contains("another one than before");
        });
    }

    @Test
    void noConnectionIsLeftOpen() throws Exception {
        ReplayServer server = server();
        export(server.replayUri("one"), null, null);
        server.fault(RtspFault.CUTS_TEN_TIMES);
        export(server.replayUri("one"), null, null);
        org.awaitility.Awaitility.await().until(() -> server.openConnections() == 0);
    }

    @Test
    void aLiveStreamIsMeasured() throws Exception {
        ReplayServer server = server();
        StreamFigures figures = new StreamMeter()
                .measure(ClipSource.of(server.liveUri(1), null, ReplayStyle.URL), Duration.ofMillis(2_500));
        assertThat(figures.videoCodec()).isEqualTo("avc1.42c028");
        assertThat(figures.width()).isEqualTo(416);
        assertThat(figures.framesPerSecond()).isCloseTo(25, within(0.5));
        assertThat(figures.secondsBetweenKeyFrames()).isCloseTo(1, within(0.01));
        assertThat(figures.bitsPerSecond()).isBetween(400_000L, 2_500_000L);
        assertThat(figures.lostPackets()).isZero();
    }

    @Test
    void aSecretIsInNoText() {
        ClipSource source = ClipSource.of("rtsp://192.0.2.1/", new Login("admin", "secret"), ReplayStyle.ONVIF);
        ClipOrder order = ClipOrder.of(source, START, START.plusSeconds(1));
        assertThat(order.toString() + source + source.login()).doesNotContain("secret");
    }

    private Clip export(String uri, Login login, Trust trust) throws Exception {
        ClipSource source = new ClipSource(uri, login, ReplayStyle.ONVIF, trust);
        ClipOrder order = new ClipOrder(
                source,
                START,
                START.plusSeconds(20),
                true,
                100_000_000,
                Duration.ofSeconds(3),
                Duration.ofMinutes(1),
                20);
        return new ClipExporter().run(order, folder.resolve("clip.mp4"), ClipWatcher.NONE);
    }

    private SSLContext context() throws Exception {
        Path store = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=recorder",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit",
                        "-J-Duser.language=en")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
