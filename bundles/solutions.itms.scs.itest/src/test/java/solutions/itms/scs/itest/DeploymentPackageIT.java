package solutions.itms.scs.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;

/** The deployment packages as built, in the frameworks of the Kura versions that we support. */
class DeploymentPackageIT {
    private static final String STATION = "solutions.itms.scs.station";
    private static final String COMMAND_HANDLER = "solutions.itms.scs.api.command.CommandHandler";
    private static final String BEAT = "{\"id\":\"G1-01\",\"ip\":\"192.168.1.101\",\"status\":\"online\"}";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {Kura.KURA_5_6, Kura.KURA_6})
    void installedBundlesAreActiveTheirComponentsSatisfiedAndThePortAnswers(String versions) throws Exception {
        int port = Scs.freePort();
        try (Kura kura = kura(versions, port)) {
            kura.deploy(Dp.built("scs-base").bytes());
            kura.deploy(Dp.built("scs-station").bytes());
            assertThat(kura.ours()).hasSize(9).allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
            assertThat(kura.componentProblems()).isEmpty();
            awaitAnswer(port);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Kura.KURA_5_6, Kura.KURA_6})
    void everyConfigurableComponentIsDescribedUnderItsOwnName(String versions) throws Exception {
        try (Kura kura = kura(versions, Scs.freePort())) {
            kura.deploy(Dp.built("scs-base").bytes());
            kura.deploy(Dp.built("scs-station").bytes());
            for (Bundle bundle : kura.ours()) {
                List<String> pids = kura.metatypePids(bundle);
                for (String pid : pids) {
                    assertThat(bundle.getEntry("OSGI-INF/metatype/" + pid + ".xml"))
                            .as("Kura looks for the description of %s in the file of its name", pid)
                            .isNotNull();
                    assertThat(bundle.getEntry("OSGI-INF/" + pid + ".xml"))
                            .as("component %s", pid)
                            .isNotNull();
                }
            }
            assertThat(kura.ours().stream().flatMap(bundle -> pids(kura, bundle)))
                    .contains("solutions.itms.scs.gateway", STATION, "solutions.itms.scs.cloud.mqtt.CloudEndpoint");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Kura.KURA_5_6, Kura.KURA_6})
    void anUpgradeReplacesEveryBundleAndKeepsWhatTheStationKnows(String versions) throws Exception {
        int port = Scs.freePort();
        try (Kura kura = kura(versions, port)) {
            kura.deploy(Dp.built("scs-base").bytes());
            kura.deploy(Dp.built("scs-station").bytes());
            awaitAnswer(port);
            kura.deploy(Dp.built("scs-station").withQualifier("99990101000000").bytes());
            kura.deploy(Dp.built("scs-base").withQualifier("99990101000000").bytes());
            assertThat(kura.ours())
                    .hasSize(9)
                    .allMatch(bundle -> bundle.getState() == Bundle.ACTIVE)
                    .allMatch(bundle -> bundle.getVersion().getQualifier().equals("99990101000000"));
            patiently().untilAsserted(() -> assertThat(get(port, "/hb")).contains("\"id\":\"G1-01\""));
            assertThat(kura.componentProblems()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Kura.KURA_5_6, Kura.KURA_6})
    void anUpgradeThatFailsLeavesTheOldVersionRunning(String versions) throws Exception {
        int port = Scs.freePort();
        try (Kura kura = kura(versions, port)) {
            kura.deploy(Dp.built("scs-base").bytes());
            kura.deploy(Dp.built("scs-station").bytes());
            Set<String> before = versionsOf(kura);
            byte[] broken = Dp.built("scs-base")
                    .withQualifier("99990101000000")
                    .withBrokenBundle()
                    .bytes();
            assertThatThrownBy(() -> kura.deploy(broken)).hasMessageContaining("");
            assertThat(versionsOf(kura)).isEqualTo(before);
            awaitAnswer(port);
            assertThat(kura.ours()).allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
            assertThat(kura.componentProblems()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Kura.KURA_5_6, Kura.KURA_6})
    void nothingIsLeftAfterAnUninstall(String versions) throws Exception {
        int port = Scs.freePort();
        try (Kura kura = kura(versions, port)) {
            kura.deploy(Dp.built("scs-base").bytes());
            kura.deploy(Dp.built("scs-station").bytes());
            awaitAnswer(port);
            kura.undeploy("scs-station");
            kura.undeploy("scs-base");
            assertThat(kura.ours()).allMatch(bundle -> bundle.getSymbolicName().equals("kura-api"));
            await().untilAsserted(() -> assertThat(threads()).noneMatch(name -> name.startsWith("scs-")));
            assertThat(openFiles()).noneMatch(file -> file.contains("sqlite"));
            assertThat(DriverManager.drivers())
                    .noneMatch(driver -> driver.getClass().getName().contains("sqlite"));
            new ServerSocket(port).close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Kura.KURA_5_6, Kura.KURA_6})
    void theCommandsOfTheStationAreServicesAsLongAsItIsInstalled(String versions) throws Exception {
        try (Kura kura = kura(versions, Scs.freePort())) {
            kura.deploy(Dp.built("scs-base").bytes());
            assertThat(kura.properties(COMMAND_HANDLER, "command.name"))
                    .contains("get_ip_config", "run_diagnostics", "get_history")
                    .doesNotContain("set_operation", "gate_probe");
            int gateways = kura.count(COMMAND_HANDLER);
            kura.deploy(Dp.built("scs-station").bytes());
            patiently()
                    .untilAsserted(() -> assertThat(kura.properties(COMMAND_HANDLER, "command.name"))
                            .contains(
                                    "set_operation",
                                    "set_aisle_mode",
                                    "set_inservice_last",
                                    "get_gates",
                                    "gate_probe",
                                    "gate_accept_host_key"));
            kura.undeploy("scs-station");
            assertThat(kura.count(COMMAND_HANDLER)).isEqualTo(gateways);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Kura.KURA_5_6, Kura.KURA_6})
    void aCloudConnectionOffersWhatKurasApplicationsLookForAndTakesItAway(String versions) throws Exception {
        String kuras = "org.eclipse.kura.cloudconnection.";
        String ours = "solutions.itms.scs.cloud.mqtt.";
        try (Kura kura = kura(versions, Scs.freePort())) {
            kura.configure(ours + "CloudEndpoint", Map.of("enabled", false));
            kura.configure(ours + "CloudPublisher", Map.of());
            kura.configure(ours + "CloudSubscriber", Map.of());
            kura.deploy(Dp.built("scs-base").bytes());
            patiently().untilAsserted(() -> {
                for (String type :
                        List.of("CloudEndpoint", "CloudConnectionManager", "request.RequestHandlerRegistry")) {
                    assertThat(kura.properties(kuras + type, "kura.service.pid"))
                            .containsExactly(ours + "CloudEndpoint");
                }
                assertThat(kura.properties(kuras + "publisher.CloudNotificationPublisher", "kura.service.pid"))
                        .containsExactly(ours + "CloudEndpoint.CloudNotificationPublisher");
                assertThat(kura.count(kuras + "publisher.CloudPublisher")).isEqualTo(1);
                assertThat(kura.count(kuras + "subscriber.CloudSubscriber")).isEqualTo(1);
            });
            assertThat(kura.componentProblems()).isEmpty();
            patiently().until(() -> Files.exists(directory.resolve("data/outbox.sqlite")));

            kura.undeploy("scs-base");

            assertThat(kura.count(kuras + "publisher.CloudNotificationPublisher"))
                    .isZero();
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("scs-"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Kura.KURA_5_6, Kura.KURA_6})
    void anUpgradeUnderLoadLosesNothingAndMakesAShortGap(String versions) throws Exception {
        int port = Scs.freePort();
        try (Kura kura = kura(versions, port)) {
            kura.deploy(Dp.built("scs-base").bytes());
            kura.deploy(Dp.built("scs-station").bytes());
            awaitAnswer(port);
            byte[] next =
                    Dp.built("scs-station").withQualifier("99990101000000").bytes();
            RetryingGates gates = new RetryingGates(port);
            try (gates) {
                patiently().until(() -> gates.answered().size() > 200);
                kura.deploy(next);
                int before = gates.answered().size();
                patiently().until(() -> gates.answered().size() > before + 200);
            }
            assertThat(gates.longestGap()).isLessThan(Duration.ofSeconds(3));
            String snapshot = get(port, "/hb");
            assertThat(gates.answered()).allSatisfy(id -> assertThat(snapshot).contains("\"id\":\"" + id + "\""));
        }
    }

    private Kura kura(String versions, int port) throws Exception {
        Kura kura = new Kura(versions, directory.resolve("osgi"), directory.resolve("data"));
        kura.configure(STATION, Map.of("port", port, "bind.address", "127.0.0.1"));
        return kura;
    }

    private static Stream<String> pids(Kura kura, Bundle bundle) {
        try {
            return kura.metatypePids(bundle).stream();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> versionsOf(Kura kura) {
        return kura.ours().stream()
                .map(bundle -> bundle.getSymbolicName() + " " + bundle.getVersion())
                .collect(Collectors.toSet());
    }

    /** The port is opened in the background: at first nobody listens. */
    private void awaitAnswer(int port) {
        patiently().untilAsserted(() -> assertThat(beat(port)).isEqualTo(200));
    }

    private static ConditionFactory patiently() {
        return await().dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(IOException.class);
    }

    private int beat(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hb"))
                .POST(HttpRequest.BodyPublishers.ofString(BEAT))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private String get(int port, String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .toList();
    }

    private static List<String> openFiles() throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            return links.map(DeploymentPackageIT::target).toList();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
