package solutions.itms.scs.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** Commands in the frameworks of the Kura versions that we support, signed and verified here by Java alone. */
class CommandsIT {
    private static final String HANDLER = "solutions.itms.scs.api.command.CommandHandler";
    private static final String OURS = "solutions.itms.scs.cloud.mqtt.";
    private static final String EXEC = "$EDC/scs/gw-1/SCS-CMD-V1/EXEC/commands";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void everyHandlerIsInTheRegistryAndReadsTheParametersThatItSays() throws Exception {
        try (Kura kura = new Kura(Kura.KURA_6, directory.resolve("osgi"), directory.resolve("data"))) {
            kura.configure("solutions.itms.scs.station", Map.of("port", Scs.freePort(), "bind.address", "127.0.0.1"));
            kura.deploy(Dp.built("scs-base").bytes());
            kura.deploy(Dp.built("scs-station").bytes());
            patiently().untilAsserted(() -> assertThat(kura.count(HANDLER)).isGreaterThanOrEqualTo(14));
            Object registry = registry(kura);
            Set<String> names = new TreeSet<>();
            for (ServiceReference<?> reference : kura.context().getAllServiceReferences(HANDLER, null)) {
                String name = String.valueOf(reference.getProperty("command.name"));
                names.add(name);
                Optional<?> type = (Optional<?>) Kura.invoke(registry, "find", name);
                assertThat(type).as("%s in the registry", name).isPresent();
                Object schema = Kura.invoke(type.orElseThrow(), "parameters");
                Map<?, ?> properties = (Map<?, ?>) Kura.invoke(schema, "properties");
                patiently()
                        .untilAsserted(() -> assertThat(parametersRead(kura, reference))
                                .as("parameters that %s reads", name)
                                .isEqualTo(properties.keySet()));
            }
            assertThat(names).contains("set_operation", "gate_probe", "get_history", "run_traceroute");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Kura.KURA_5_6, Kura.KURA_6})
    void aSignedCommandReachesTheStationOnceAndNobodyOnTheBrokerCanMakeOne(String versions) throws Exception {
        KeyPair server = pair();
        KeyPair gateway = pair();
        int port = Scs.freePort();
        try (OpenBroker broker = new OpenBroker();
                Kura kura = kura(versions, broker, port, server, gateway)) {
            patiently().untilAsserted(() -> assertThat(beat(port)).isEqualTo(200));
            patiently()
                    .untilAsserted(
                            () -> assertThat(broker.messages("/command/pull")).isNotEmpty());

            String close = jws(server, command("c-1", "gw-1", "station_close"));
            broker.ask(EXEC, "r-1", close);
            patiently()
                    .untilAsserted(() ->
                            assertThat(broker.messages("/command/c-1/result")).isNotEmpty());
            OpenBroker.Message result = broker.messages("/command/c-1/result").get(0);
            assertThat(verified(gateway, result.jws()))
                    .contains("\"id\":\"c-1\"", "\"status\":\"SUCCESS\"", "\"operation\":\"station_close\"");
            assertThat(operation(port)).contains("station_close");
            assertThat(broker.messages("/REPLY/r-1").get(0).text()).contains("QUEUED");

            broker.ask(EXEC, "r-2", jws(server, command("c-2", "gw-1", "inservice_exit")));
            patiently().untilAsserted(() -> assertThat(operation(port)).contains("inservice_exit"));

            // what somebody with every right on the broker can try
            String payload = command("c-3", "gw-1", "out_of_service");
            broker.ask(EXEC, "r-3", jws(pair(), payload));
            broker.ask(EXEC, "r-4", jws(gateway, payload));
            broker.ask(EXEC, "r-5", payload);
            broker.ask(EXEC, "r-6", altered(close, payload));
            broker.ask(EXEC, "r-7", jws(server, command("c-3", "gw-2", "out_of_service")));
            broker.ask(EXEC, "r-8", close);
            broker.ask(EXEC, "r-9", jws(server, command("c-1", "gw-1", "out_of_service")));
            for (String request : List.of("r-3", "r-4", "r-5", "r-6", "r-7", "r-8", "r-9")) {
                patiently()
                        .untilAsserted(() ->
                                assertThat(broker.messages("/REPLY/" + request)).isNotEmpty());
            }
            assertThat(reply(broker, "r-3")).contains("bad_signature");
            assertThat(reply(broker, "r-4")).contains("bad_signature");
            assertThat(reply(broker, "r-5")).contains("malformed");
            assertThat(reply(broker, "r-6")).contains("bad_signature");
            assertThat(reply(broker, "r-7")).contains("wrong_gateway");
            assertThat(reply(broker, "r-8")).contains("\"state\":\"SUCCESS\"");
            assertThat(reply(broker, "r-9")).contains("replayed");
            assertThat(broker.messages("/command/c-3/result")).isEmpty();
            assertThat(operation(port)).contains("inservice_exit");
        }
    }

    private Kura kura(String versions, OpenBroker broker, int port, KeyPair server, KeyPair gateway) throws Exception {
        Kura kura = new Kura(versions, directory.resolve("osgi"), directory.resolve("data"));
        kura.configure("solutions.itms.scs.station", Map.of("port", port, "bind.address", "127.0.0.1"));
        kura.configure(
                OURS + "CloudEndpoint",
                Map.of("broker.url", broker.url(), "client.id", "gw-1", "account.name", "scs", "drain.start", 0));
        kura.configure(
                OURS + "CloudPublisher",
                Map.of("cloud.endpoint.service.pid", OURS + "CloudEndpoint", "app.topic", "$subject"));
        kura.configure(
                "solutions.itms.scs.gateway",
                Map.of("CloudPublisher.target", "(kura.service.pid=" + OURS + "CloudPublisher)"));
        kura.configure(
                "solutions.itms.scs.command.Executor",
                Map.of("server.keys", "s1:" + publicText(server), "gateway.key", "gw-1#1:" + privateText(gateway)));
        kura.deploy(Dp.built("scs-base").bytes());
        kura.deploy(Dp.built("scs-station").bytes());
        return kura;
    }

    private static Object registry(Kura kura) throws Exception {
        Class<?> registry = bundle(kura, "solutions.itms.scs.message")
                .loadClass("solutions.itms.scs.message.command.CommandRegistry");
        return registry.getMethod("standard").invoke(null);
    }

    /** Which parameters a handler asks for: it is given one that nobody knows, so that it does nothing. */
    private static Set<?> parametersRead(Kura kura, ServiceReference<?> reference) throws Exception {
        Bundle api = bundle(kura, "solutions.itms.scs.api");
        String commands = "solutions.itms.scs.api.command.";
        Class<?> context = api.loadClass(commands + "CommandContext");
        Object parameters = api.loadClass(commands + "CommandParameters")
                .getConstructor(Map.class)
                .newInstance(Map.of("no_such_parameter", true));
        Object nobody = Proxy.newProxyInstance(
                context.getClassLoader(), new Class<?>[] {context}, (proxy, method, arguments) -> {
                    throw new AssertionError(method.getName() + " was called though a parameter is wrong");
                });
        try {
            Kura.invoke(kura.context().getService(reference), "execute", parameters, nobody);
            throw new AssertionError("a parameter that nobody knows was taken");
        } catch (IllegalStateException e) {
            throw new AssertionError(e);
        } catch (Exception e) {
            assertThat(e).hasMessageContaining("no_such_parameter is not known");
        }
        return (Set<?>) Kura.invoke(parameters, "read");
    }

    private static Bundle bundle(Kura kura, String name) {
        return kura.ours().stream()
                .filter(bundle -> bundle.getSymbolicName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String command(String id, String gateway, String operation) {
        long now = System.currentTimeMillis();
        return "{\"v\":1,\"id\":\"" + id + "\",\"gateway\":\"" + gateway
                + "\",\"target\":\"G1-01\",\"type\":\"set_operation\",\"params\":{\"operation\":\"" + operation
                + "\",\"reason\":\"test\"},\"issuedAt\":" + now + ",\"expiresAt\":" + (now + 60_000)
                + ",\"timeoutMs\":15000,\"requestedBy\":\"ann\"}";
    }

    private static String jws(KeyPair pair, String payload) throws Exception {
        String input = encode("{\"alg\":\"EdDSA\",\"kid\":\"s1\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encode(payload.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + encode(signature.sign());
    }

    private static String altered(String jws, String payload) {
        String[] parts = jws.split("\\.");
        return parts[0] + "." + encode(payload.getBytes(StandardCharsets.UTF_8)) + "." + parts[2];
    }

    private static String verified(KeyPair pair, String jws) throws Exception {
        String[] parts = jws.split("\\.");
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(pair.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
                .contains("gw-1#1");
        return new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    }

    private static KeyPair pair() throws Exception {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    /** The last 32 bytes of the encoded key are the key. */
    private static String publicText(KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        return encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    private static String privateText(KeyPair pair) {
        return encode(((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow());
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String reply(OpenBroker broker, String request) {
        return broker.messages("/REPLY/" + request).get(0).text();
    }

    private String operation(int port) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/operation/G1-01"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private int beat(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hb"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"id\":\"G1-01\",\"ip\":\"192.168.1.101\",\"status\":\"online\"}"))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(20)).ignoreExceptionsInstanceOf(IOException.class);
    }
}
