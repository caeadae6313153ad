package solutions.itms.scs.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.FrameworkFactory;

/** The OSGi framework with every bundle of one folder in it. Its own storage is made anew at each start, as in Kura. */
final class Framework implements AutoCloseable {
    private static final long STOP_MILLIS = 15_000;

    private final org.osgi.framework.launch.Framework framework;

    /**
     * @param bundles folder of the bundles to install
     * @param data directory of the gateway's data
     * @param configuration file with the properties of the components
     */
    Framework(Path bundles, Path data, Path configuration) throws BundleException, IOException {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no OSGi framework on the class path"))
                .newFramework(Map.of(
                        "org.osgi.framework.storage",
                        data.resolve("osgi").toString(),
                        "org.osgi.framework.storage.clean",
                        "onFirstInit",
                        "osgi.compatibility.bootdelegation",
                        "false",
                        // logging comes from the class path: bundles see the slf4j that this JVM was started with
                        "org.osgi.framework.system.packages.extra",
                        "org.slf4j;version=2.0.17,org.slf4j.spi;version=2.0.17,org.slf4j.event;version=2.0.17,"
                                + "org.slf4j.helpers;version=2.0.17",
                        "scs.data",
                        data.toString(),
                        ConfigurationComponent.FILE,
                        configuration.toString()));
        framework.init();
        List<Bundle> installed = new ArrayList<>();
        for (Path jar : jars(bundles)) {
            try (InputStream in = Files.newInputStream(jar)) {
                installed.add(framework
                        .getBundleContext()
                        .installBundle(jar.getFileName().toString(), in));
            }
        }
        for (Bundle bundle : installed) {
            if (bundle.getHeaders().get("Fragment-Host") == null) {
                bundle.start();
            }
        }
    }

    /** Starts what was installed; returns when all bundles are started. */
    void start() throws BundleException {
        framework.start();
    }

    @Override
    public void close() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(STOP_MILLIS);
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
