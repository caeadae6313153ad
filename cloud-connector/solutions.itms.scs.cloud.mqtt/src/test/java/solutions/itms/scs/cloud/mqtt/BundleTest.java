package solutions.itms.scs.cloud.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solutions.itms.scs.store.FileStores;
import solutions.itms.scs.store.Stores;

/** What the bundle looks like from outside, and that it works with the class loaders of a framework. */
class BundleTest {
    private static final Path CLASSES = Path.of("target", "classes");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"CloudEndpoint", "CloudPublisher", "CloudSubscriber"})
    void component_and_configuration_have_the_same_name_everywhere(String tail) throws Exception {
        String name = "solutions.itms.scs.cloud.mqtt." + tail;

        assertThat(Files.readString(CLASSES.resolve("OSGI-INF/" + name + ".xml")))
                .contains(
                        "name=\"" + name + "\"",
                        "configuration-policy=\"require\"",
                        "immediate=\"true\"",
                        "modified=\"modified\"");
        assertThat(Files.readString(CLASSES.resolve("OSGI-INF/metatype/" + name + ".xml")))
                .contains("<OCD id=\"" + name + "\"", "factoryPid=\"" + name + "\"");
    }

    @Test
    void nothing_is_exported_and_only_what_kura_offers_is_imported() throws Exception {
        Attributes manifest = manifest();
        List<String> imports = Arrays.stream(manifest.getValue("Import-Package").split(",(?=[a-z])"))
                .toList();

        assertThat(manifest.getValue("Export-Package")).isNull();
        assertThat(manifest.getValue("Bundle-ClassPath")).isEqualTo(".,lib/paho.jar");
        assertThat(imports)
                .allMatch(clause -> Stream.of(
                                "org.osgi.framework",
                                "org.osgi.service.event",
                                "org.eclipse.kura",
                                "org.slf4j;version=\"[1.7,3)\"",
                                "javax.",
                                "solutions.itms.scs.")
                        .anyMatch(clause::startsWith))
                .contains(
                        "org.eclipse.kura.cloudconnection;version=\"[1.0,1.1)\"",
                        "org.eclipse.kura.cloudconnection.factory;version=\"[1.0,1.1)\"",
                        "org.eclipse.kura.cloudconnection.publisher;version=\"[1.0,1.1)\"",
                        "org.eclipse.kura.cloudconnection.listener;version=\"[1.0,2)\"",
                        "org.eclipse.kura.configuration;version=\"[1.2,2)\"",
                        "org.eclipse.kura.crypto;version=\"[1.3,2)\"",
                        "org.eclipse.kura.message;version=\"[1.5,2)\"",
                        "org.eclipse.kura.system;version=\"[1.7,2)\"");
        assertThat(manifest.getValue("Require-Capability"))
                .contains("(osgi.extender=osgi.component)(version>=1.4.0)(!(version>=2.0.0))");
    }

    @Test
    void it_connects_with_paho_in_the_bundle_and_a_foreign_context_class_loader() throws Exception {
        try (TestBroker broker = TestBroker.start();
                Observer observer = new Observer(broker);
                URLClassLoader foreign = new URLClassLoader(new URL[0], null);
                BundleLoader bundle = new BundleLoader()) {
            Object endpoint = bundle.loadClass(CloudEndpointComponent.class.getName())
                    .getConstructor(Stores.class)
                    .newInstance(new FileStores(directory, Clock.systemUTC()));
            assertThat(endpoint.getClass()).isNotEqualTo(CloudEndpointComponent.class);
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(foreign);
            try {
                call(
                        endpoint,
                        "start",
                        Map.of(
                                "broker.url",
                                broker.url(),
                                "client.id",
                                "gw1",
                                "username",
                                "gw1",
                                "password",
                                "secret"));
                observer.await("$EDC/scs/gw1/MQTT/BIRTH", 1);
                assertThat(Thread.getAllStackTraces().keySet().stream()
                                .filter(t -> t.getName().startsWith("MQTT ")
                                        && t.getName().endsWith("gw1"))
                                .map(Thread::getContextClassLoader))
                        .isNotEmpty()
                        .containsOnly(bundle);
            } finally {
                thread.setContextClassLoader(before);
                call(endpoint, "deactivate");
            }
            observer.await("$EDC/scs/gw1/MQTT/DC", 1);
        }
    }

    private static void call(Object component, String name, Object... arguments) throws Exception {
        for (Method method : component.getClass().getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                method.setAccessible(true);
                method.invoke(component, arguments);
                return;
            }
        }
        throw new AssertionError("no method " + name);
    }

    private static Attributes manifest() throws Exception {
        try (InputStream in = Files.newInputStream(CLASSES.resolve("META-INF/MANIFEST.MF"))) {
            return new Manifest(in).getMainAttributes();
        }
    }

    /** The bundle's class path, and behind it what a framework would give: everything but Paho and the bundle itself. */
    private static final class BundleLoader extends URLClassLoader {
        BundleLoader() throws Exception {
            super(
                    new URL[] {
                        CLASSES.toUri().toURL(),
                        CLASSES.resolve("lib/paho.jar").toUri().toURL()
                    },
                    ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            boolean imported = name.startsWith("org.eclipse.kura.")
                    || name.startsWith("org.osgi.service.event.")
                    || name.startsWith("org.slf4j.")
                    || name.startsWith("solutions.itms.scs.api.")
                    || name.startsWith("solutions.itms.scs.message.")
                    || name.startsWith("solutions.itms.scs.store.")
                    || name.startsWith("org.osgi.framework.");
            return imported
                    ? Objects.requireNonNull(BundleTest.class.getClassLoader()).loadClass(name)
                    : super.findClass(name);
        }
    }
}
