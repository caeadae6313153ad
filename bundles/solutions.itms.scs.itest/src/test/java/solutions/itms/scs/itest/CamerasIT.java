package solutions.itms.scs.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** The package for cameras in the frameworks of the Kura versions that we support, with a simulated camera. */
class CamerasIT {
    private static final String HANDLER = "solutions.itms.scs.api.command.CommandHandler";
    private static final String CAMERA = "solutions.itms.scs.camera.Camera";

    @TempDir
    Path directory;

    /** A simulated camera of the packaged testkit, by reflection: it is not on this class path. */
    private static final class Simulated implements AutoCloseable {
        private final URLClassLoader loader;
        private final AutoCloseable site;
        private final Object camera;

        Simulated() throws Exception {
            Path jar =
                    Kura.jars(Path.of("../solutions.itms.scs.testkit/target")).get(0);
            loader = new URLClassLoader(
                    new URL[] {jar.toUri().toURL()}, getClass().getClassLoader());
            site = (AutoCloseable) loader.loadClass("solutions.itms.scs.testkit.camera.CameraSite")
                    .getConstructor()
                    .newInstance();
            camera = Kura.invoke(site, "camera");
            Kura.invoke(Kura.invoke(camera, "model"), "streamsHere");
        }

        String address() throws Exception {
            return String.valueOf(Kura.invoke(camera, "address"));
        }

        Object events(String what) throws Exception {
            return Kura.invoke(Kura.invoke(camera, "events"), what);
        }

        List<?> problems() throws Exception {
            return (List<?>) Kura.invoke(camera, "problems");
        }

        int openConnections() throws Exception {
            return (int) Kura.invoke(site, "openConnections");
        }

        @Override
        public void close() throws Exception {
            site.close();
            loader.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Kura.KURA_5_6, Kura.KURA_6})
    void aConfiguredCameraCarriesOutCommandsAndNothingIsLeftAfterAnUninstall(String versions) throws Exception {
        try (Simulated simulated = new Simulated();
                Kura kura = kura(versions, simulated)) {
            kura.deploy(Dp.built("scs-base").bytes());
            kura.deploy(Dp.built("scs-cameras").bytes());
            assertThat(kura.componentProblems()).isEmpty();
            patiently()
                    .untilAsserted(() -> assertThat(run(kura, "camera_probe"))
                            .contains("reachable=true", "manufacturer=Simulated", "stream=true"));
            assertThat(run(kura, "camera_get_stream_uri"))
                    .contains("uri=rtsp://127.0.0.1")
                    .doesNotContain("secret");
            assertThat(kura.properties("org.eclipse.kura.driver.Driver", "service.pid"))
                    .isNotEmpty();
            patiently()
                    .untilAsserted(() -> assertThat(simulated.events("pulls")).isNotEqualTo(0));

            kura.undeploy("scs-cameras");

            assertThat(simulated.events("subscriptions")).isEqualTo(0);
            patiently()
                    .untilAsserted(() -> assertThat(simulated.openConnections()).isZero());
            await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.isAlive() && thread.getName().startsWith("scs-camera")));
            assertThat(simulated.problems()).isEmpty();
        }
    }

    @Test
    void anUpgradeBringsTheCameraBack() throws Exception {
        try (Simulated simulated = new Simulated();
                Kura kura = kura(Kura.KURA_5_6, simulated)) {
            kura.deploy(Dp.built("scs-base").bytes());
            kura.deploy(Dp.built("scs-cameras").bytes());
            patiently()
                    .untilAsserted(() -> assertThat(run(kura, "camera_probe")).contains("reachable=true"));
            kura.deploy(Dp.built("scs-cameras").withQualifier("99990101000000").bytes());
            patiently()
                    .untilAsserted(() -> assertThat(run(kura, "camera_probe")).contains("reachable=true"));
            assertThat(kura.componentProblems()).isEmpty();
        }
    }

    private Kura kura(String versions, Simulated simulated) throws Exception {
        Kura kura = new Kura(versions, directory.resolve("osgi"), directory.resolve("data"));
        kura.configure(
                CAMERA, Map.of("id", "cam-1", "address", simulated.address(), "user", "admin", "password", "secret"));
        return kura;
    }

    /** Runs a command as whoever executes commands does. */
    private static String run(Kura kura, String name) throws Exception {
        Bundle api = kura.ours().stream()
                .filter(bundle -> bundle.getSymbolicName().equals("solutions.itms.scs.api"))
                .findFirst()
                .orElseThrow();
        String commands = "solutions.itms.scs.api.command.";
        Class<?> context = api.loadClass(commands + "CommandContext");
        Object parameters = api.loadClass(commands + "CommandParameters")
                .getConstructor(Map.class)
                .newInstance(Map.of());
        Object about = Proxy.newProxyInstance(
                context.getClassLoader(),
                new Class<?>[] {context},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "timeLeft" -> Duration.ofSeconds(15);
                    case "isCancelled" -> false;
                    case "progress" -> null;
                    case "target" -> "cam-1";
                    default -> "c-1";
                });
        ServiceReference<?>[] handlers = kura.context().getAllServiceReferences(HANDLER, "(command.name=" + name + ")");
        if (handlers == null) {
            return "no handler";
        }
        try {
            return String.valueOf(Kura.invoke(kura.context().getService(handlers[0]), "execute", parameters, about));
        } catch (IllegalStateException e) {
            throw e;
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(20)).ignoreExceptionsInstanceOf(IllegalStateException.class);
    }
}
