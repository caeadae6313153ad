package solutions.itms.scs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solutions.itms.scs.api.command.CommandResult;
import solutions.itms.scs.api.settings.Options;
import solutions.itms.scs.message.command.CommandReport;
import solutions.itms.scs.message.command.Ed25519;
import solutions.itms.scs.message.command.Envelope;
import solutions.itms.scs.message.command.GatewayState;
import solutions.itms.scs.message.command.KeyRing;
import solutions.itms.scs.message.command.Safety;
import solutions.itms.scs.message.command.SigningKey;

/** What is refused: each with its code, in the audit, and without any effect. */
class AdmissionTest {
    @TempDir
    @Nullable
    Path directory;

    private final AtomicInteger effects = new AtomicInteger();
    private @Nullable Site opened;

    @BeforeEach
    void start() throws IOException {
        opened = new Site(directory == null ? Path.of("") : directory, Runnable::run);
        for (String name : List.of("get_ip_config", "set_operation", "gate_probe", "get_history", "camera_reboot")) {
            site().handle(name, (parameters, context) -> {
                effects.incrementAndGet();
                return new CommandResult(Map.of("target", context.target(), "given", parameters.has("devices")));
            });
        }
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        site().close();
    }

    @Test
    void aCommandThatIsRightIsTaken() {
        Reply reply = site().submit(site().envelope("c-1", "set_operation", "G1", emergency()));
        assertThat(reply.status()).isEqualTo(202);
        CommandReport.Result result = site().result("c-1").orElseThrow();
        assertThat(result.status()).isEqualTo(GatewayState.SUCCESS);
        assertThat(result.result()).isEqualTo(Map.of("target", "G1", "given", true));
        assertThat(effects).hasValue(1);
    }

    @Test
    void aWrongSignatureIsRefused() throws IOException {
        Envelope envelope = site().envelope("get_ip_config", Map.of());
        SigningKey forger = new SigningKey("server-1", Ed25519.generate().getPrivate());
        SigningKey unknown = new SigningKey("server-9", Site.SERVER.getPrivate());
        assertUntouched(site().executor.submit(envelope.sign(forger)), 401, "bad_signature");
        assertUntouched(site().executor.submit(envelope.sign(unknown)), 401, "bad_signature");
        // the gateway's own key signs results, not commands
        SigningKey own = new SigningKey("gw-1#1", Site.OWN.getPrivate());
        assertUntouched(site().executor.submit(envelope.sign(own)), 401, "bad_signature");
        String signed = envelope.sign(Site.SERVER_KEY);
        assertUntouched(site().executor.submit(signed.substring(0, signed.length() - 8)), 400, "malformed");
        assertUntouched(site().executor.submit("open the gate"), 400, "malformed");
        assertThat(site().events).hasSize(1).first().asString().startsWith("command_refused");
    }

    @Test
    void anotherGatewaysCommandIsRefused() throws IOException {
        Envelope mine = site().envelope("get_ip_config", Map.of());
        Envelope other = new Envelope(
                mine.id(),
                "gw-2",
                "gw-2",
                mine.type(),
                mine.params(),
                mine.issuedAt(),
                mine.expiresAt(),
                1_000,
                "ann",
                null);
        assertUntouched(site().submit(other), 403, "wrong_gateway");
    }

    @Test
    void anExpiredCommandIsRefusedBeyondTheAllowedSkew() throws IOException {
        Envelope envelope = site().envelope("get_ip_config", Map.of());
        site().pass(Duration.ofSeconds(600 + 61));
        assertUntouched(site().submit(envelope), 403, "expired");
        Envelope late = site().envelope("get_ip_config", Map.of());
        site().pass(Duration.ofSeconds(600 + 59));
        assertThat(site().submit(late).status()).isEqualTo(202);
    }

    @Test
    void aCommandFromTheFutureIsRefusedUntilTheClockIsRight() throws IOException {
        site().now = Site.START.plusSeconds(61);
        Envelope envelope = site().envelope("get_ip_config", Map.of());
        site().now = Site.START;
        assertUntouched(site().submit(envelope), 401, "clock_skew");
        site().now = Site.START.plusSeconds(2);
        assertThat(site().submit(envelope).status()).isEqualTo(202);
    }

    @Test
    void aCommandThatWouldBeValidForTooLongIsRefused() throws IOException {
        Envelope envelope = site().envelope("get_ip_config", Map.of());
        Envelope eternal = new Envelope(
                "c-9",
                Site.GATEWAY,
                Site.GATEWAY,
                envelope.type(),
                envelope.params(),
                envelope.issuedAt(),
                envelope.issuedAt().plus(Duration.ofDays(32)),
                1_000,
                "ann",
                null);
        assertUntouched(site().submit(eternal), 403, "expired");
    }

    @Test
    void anIdThatIsUsedForAnotherCommandIsRefused() {
        assertThat(site().submit(site().envelope("c-1", "get_ip_config", Site.GATEWAY, Map.of()))
                        .status())
                .isEqualTo(202);
        Reply reply = site().submit(site().envelope("c-1", "set_operation", "G1", emergency()));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(Site.error(reply)).isEqualTo("replayed");
        assertThat(effects).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "open_the_gate, gw-1, 404, unknown_type",
        "get_ip_config, G1, 400, wrong_target_type",
        "get_ip_config, cam-1, 400, wrong_target_type",
        "set_operation, cam-1, 400, wrong_target_type",
        "camera_reboot, G1, 400, wrong_target_type",
        "camera_reboot, gw-1, 400, wrong_target_type",
        "camera_reboot, cam-2, 404, not_found",
        "get_ip_config, elsewhere, 404, not_found",
        "get_dns_config, gw-1, 404, not_available_on_gateway"
    })
    void whatDoesNotFitThisGatewayIsRejected(String type, String target, int status, String code) throws IOException {
        Map<String, @Nullable Object> params = type.equals("set_operation") ? emergency() : Map.of();
        assertRejected(site().envelope("c-1", type, target, params), status, code);
    }

    @Test
    void eachWrongParameterIsRejected() throws IOException {
        List<Map<String, @Nullable Object>> wrong = List.of(
                Map.of(),
                Map.of("operation", "open"),
                Map.of("operation", 1L),
                Map.of("operation", "emergency", "devices", List.of()),
                Map.of("operation", "emergency", "devices", List.of(1L)),
                Map.of("operation", "emergency", "devices", ""),
                Map.of("operation", "emergency", "devices", "G2"),
                Map.of("operation", "emergency", "all", "yes"),
                Map.of("operation", "emergency", "side", "west"),
                Map.of("operation", "emergency", "gate", ""),
                Map.of("operation", "emergency", "type", 5L),
                Map.of("operation", "emergency", "group", "x".repeat(257)),
                Map.of("operation", "emergency", "reason", ""),
                Map.of("operation", "emergency", "confirm", 1L),
                Map.of("operation", "emergency", "typo", true));
        int number = 0;
        for (Map<String, @Nullable Object> params : wrong) {
            number++;
            Reply reply = assertRejected(
                    site().envelope("p-" + number, "set_operation", "G1", params), 400, "invalid_parameters");
            assertThat(reply.body().get("error")).isNotNull();
        }
    }

    @Test
    void whatTheSiteDoesNotAllowIsRejectedButAnEmergencyIsLetIn() throws IOException {
        Settings all = site().settings;
        site().configure(new Settings(
                all.serverKeys(),
                all.key(),
                EnumSet.of(Safety.READ_ONLY),
                all.skew(),
                2,
                50,
                100,
                all.keepFor(),
                all.repeat(),
                List.of()));
        assertRejected(
                site().envelope("c-1", "set_operation", "G1", Map.of("operation", "station_close")),
                403,
                "not_allowed");
        assertRejected(site().envelope("c-2", "camera_reboot", "cam-1", Map.of()), 403, "not_allowed");
        assertThat(site().submit(site().envelope("c-3", "set_operation", "G1", emergency()))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void withoutKeysEverythingIsRefusedAndItIsSaidWhy() throws IOException {
        site().configure(Settings.of(new Options(Map.of()), text -> text));
        assertUntouched(site().submit(site().envelope("get_ip_config", Map.of())), 401, "bad_signature");
        assertThat(site().executor.registry().body().get("missing"))
                .asString()
                .contains("server.keys is not set")
                .contains("gateway.key is not set");
    }

    @Test
    void twoServerKeysAreValidDuringARotation() {
        KeyPair next = Ed25519.generate();
        KeyRing both = KeyRing.parse(List.of(
                "server-1:" + Ed25519.text(Site.SERVER.getPublic()), "server-2:" + Ed25519.text(next.getPublic())));
        site().configure(site().settings(both));
        SigningKey nextKey = new SigningKey("server-2", next.getPrivate());
        assertThat(site().executor
                        .submit(site().envelope("get_ip_config", Map.of()).sign(nextKey))
                        .status())
                .isEqualTo(202);
        assertThat(site().submit(site().envelope("get_ip_config", Map.of())).status())
                .isEqualTo(202);
        site().configure(site().settings(KeyRing.parse(List.of("server-2:" + Ed25519.text(next.getPublic())))));
        assertThat(Site.error(site().submit(site().envelope("get_ip_config", Map.of()))))
                .isEqualTo("bad_signature");
    }

    @Test
    void configurationIsReadAndWhatIsWrongIsSaid() {
        String server = "s1:" + Ed25519.text(Site.SERVER.getPublic());
        Settings good = Settings.of(
                new Options(Map.of(
                        "server.keys", server + ", s2:" + Ed25519.text(Site.OWN.getPublic()),
                        "gateway.key", "stored",
                        "allow.disruptive", "false",
                        "allow.safety_critical", "flase")),
                stored -> "station#7#2:" + Ed25519.text(Site.OWN.getPrivate()));
        assertThat(good.isReady()).isTrue();
        assertThat(good.gateway()).isEqualTo("station#7");
        assertThat(good.serverKeys().keys()).containsOnlyKeys("s1", "s2");
        assertThat(good.allowed()).containsExactlyInAnyOrder(Safety.READ_ONLY, Safety.CHANGES_STATE);
        List<String> missing = new ArrayList<>();
        for (String key : List.of("no colon", "x:abc", "x:" + Ed25519.text(Site.OWN.getPrivate()))) {
            missing.addAll(Settings.of(new Options(Map.of("server.keys", server, "gateway.key", key)), text -> text)
                    .missing());
        }
        assertThat(missing)
                .containsExactly(
                        "gateway.key can't be used: a key must have the form id:key",
                        "gateway.key can't be used: not an Ed25519 private key",
                        "gateway.key can't be used: its id must be the gateway's, # and a number");
    }

    private Reply assertRejected(Envelope envelope, int status, String code) throws IOException {
        Reply reply = site().submit(envelope);
        assertThat(reply.status()).as("%s", reply).isEqualTo(status);
        assertThat(Site.error(reply)).isEqualTo(code);
        CommandReport.Result result = site().result(envelope.id()).orElseThrow();
        assertThat(result.status()).isEqualTo(GatewayState.REJECTED);
        assertThat(site().journal.find(envelope.id()).orElseThrow().state()).isEqualTo(GatewayState.REJECTED);
        assertThat(site().journal.auditTrail(10))
                .anyMatch(line -> line.startsWith("refused " + envelope.id() + " " + code));
        // once more: it is known by now, and stays refused
        assertThat(site().state(site().submit(envelope))).isEqualTo(GatewayState.REJECTED);
        assertThat(effects).hasValue(0);
        return reply;
    }

    /** Refused without being remembered: nobody could be told in a way that nobody else can forge. */
    private void assertUntouched(Reply reply, int status, String code) throws IOException {
        assertThat(reply.status()).as("%s", reply).isEqualTo(status);
        assertThat(Site.error(reply)).isEqualTo(code);
        assertThat(site().journal.auditTrail(1)).first().asString().contains(code);
        assertThat(site().journal.count()).isZero();
        assertThat(site().sent).isEmpty();
        assertThat(effects).hasValue(0);
    }

    private static Map<String, @Nullable Object> emergency() {
        return Map.of("operation", "emergency");
    }

    private Site site() {
        if (opened == null) {
            throw new IllegalStateException();
        }
        return opened;
    }
}
