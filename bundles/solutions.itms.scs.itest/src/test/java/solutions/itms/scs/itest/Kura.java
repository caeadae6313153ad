package solutions.itms.scs.itest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * The OSGi framework of a Kura, with the services that our packages meet there, in this JVM; boot delegation is off.
 * Services are called by reflection: their classes are the framework's, not this test's.
 */
final class Kura implements AutoCloseable {
    /** The versions of Kura 5.6. */
    static final String KURA_5_6 = "kura-5.6";

    /** The versions of Kura 6. */
    static final String KURA_6 = "kura-6";

    private static final int SATISFIED = 4;
    private static final int ACTIVE = 8;

    private final Framework framework;

    Kura(String versions, Path storage, Path data) throws Exception {
        Path target = Path.of("target");
        URL jar = jars(target.resolve(versions + "-framework")).get(0).toUri().toURL();
        // never closed: threads of the framework that are on their way out still load classes
        URLClassLoader loader = new URLClassLoader(new URL[] {jar}, getClass().getClassLoader());
        framework = ServiceLoader.load(FrameworkFactory.class, loader)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        "org.osgi.framework.storage",
                        storage.toString(),
                        "org.osgi.framework.storage.clean",
                        "onFirstInit",
                        "osgi.compatibility.bootdelegation",
                        "false",
                        "scs.data",
                        data.toString()));
        framework.init();
        List<Bundle> bundles = new ArrayList<>();
        for (Path path : jars(target.resolve(versions))) {
            bundles.add(context().installBundle(path.toUri().toString()));
        }
        for (Bundle bundle : bundles) {
            if (bundle.getHeaders().get("Fragment-Host") == null) {
                bundle.start();
            }
        }
        framework.start();
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Installs or updates a deployment package, as Kura's deployment agent does. */
    void deploy(byte[] dp) throws Exception {
        Object admin = service("org.osgi.service.deploymentadmin.DeploymentAdmin");
        invoke(admin, "installDeploymentPackage", new ByteArrayInputStream(dp));
    }

    void undeploy(String name) throws Exception {
        Object admin = service("org.osgi.service.deploymentadmin.DeploymentAdmin");
        Object dp = invoke(admin, "getDeploymentPackage", name);
        if (dp == null) {
            throw new IllegalStateException("no deployment package " + name);
        }
        invoke(dp, "uninstall");
    }

    void configure(String pid, Map<String, Object> properties) throws Exception {
        Object admin = service("org.osgi.service.cm.ConfigurationAdmin");
        Object configuration = invoke(admin, "getConfiguration", pid, "?");
        Dictionary<String, Object> all = new Hashtable<>(properties);
        all.put("kura.service.pid", pid);
        invoke(configuration, "update", all);
    }

    /** Our bundles by symbolic name. */
    List<Bundle> ours() {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("solutions.itms.scs"))
                .toList();
    }

    /** Why components of ours are not satisfied, or what failed in them; empty when all is well. */
    List<String> componentProblems() throws Exception {
        Object scr = service("org.osgi.service.component.runtime.ServiceComponentRuntime");
        Object none = java.lang.reflect.Array.newInstance(Bundle.class, 0);
        List<String> problems = new ArrayList<>();
        for (Object description : (Collection<?>) invoke(scr, "getComponentDescriptionDTOs", none)) {
            String name = String.valueOf(field(description, "name"));
            if (!name.startsWith("solutions.itms.scs")) {
                continue;
            }
            for (Object configuration : (Collection<?>) invoke(scr, "getComponentConfigurationDTOs", description)) {
                int state = (Integer) field(configuration, "state");
                if (state != SATISFIED && state != ACTIVE) {
                    problems.add(name + " has state " + state + " " + failure(configuration));
                }
            }
        }
        return problems;
    }

    /** The ids that the metatype service reads from a bundle's resources. */
    List<String> metatypePids(Bundle bundle) throws Exception {
        Object metatype = service("org.osgi.service.metatype.MetaTypeService");
        Object information = invoke(metatype, "getMetaTypeInformation", bundle);
        List<String> pids = new ArrayList<>();
        pids.addAll(Arrays.asList((String[]) invoke(information, "getPids")));
        pids.addAll(Arrays.asList((String[]) invoke(information, "getFactoryPids")));
        return pids;
    }

    /** Number of services under this class name. */
    int count(String className) throws Exception {
        ServiceReference<?>[] references = context().getAllServiceReferences(className, null);
        return references == null ? 0 : references.length;
    }

    /** This property of every service under this class name. */
    List<String> properties(String className, String property) throws Exception {
        ServiceReference<?>[] references = context().getAllServiceReferences(className, null);
        return references == null
                ? List.of()
                : Arrays.stream(references)
                        .map(reference -> String.valueOf(reference.getProperty(property)))
                        .toList();
    }

    @Override
    public void close() throws Exception {
        framework.stop();
        framework.waitForStop(20_000);
    }

    private Object service(String className) throws Exception {
        ServiceReference<?>[] references = context().getAllServiceReferences(className, null);
        if (references == null) {
            throw new IllegalStateException("no service " + className);
        }
        Object service = context().getService(references[0]);
        if (service == null) {
            throw new IllegalStateException("service " + className + " has gone");
        }
        return service;
    }

    static @Nullable Object invoke(@Nullable Object target, String method, @Nullable Object... arguments)
            throws Exception {
        if (target == null) {
            throw new IllegalStateException("nothing to call " + method + " on");
        }
        for (Class<?> type : types(target.getClass())) {
            for (java.lang.reflect.Method candidate : type.getMethods()) {
                if (candidate.getName().equals(method) && fits(candidate.getParameterTypes(), arguments)) {
                    try {
                        return candidate.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() instanceof Exception cause ? cause : e;
                    }
                }
            }
        }
        throw new IllegalStateException(target.getClass() + " has no " + method + Arrays.toString(arguments));
    }

    /** The interfaces first: the class behind a service is seldom public. */
    private static List<Class<?>> types(Class<?> type) {
        List<Class<?>> all = new ArrayList<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            all.addAll(Arrays.asList(c.getInterfaces()));
        }
        all.add(type);
        return all;
    }

    private static boolean fits(Class<?>[] parameters, @Nullable Object[] arguments) {
        if (parameters.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < parameters.length; i++) {
            if (!parameters[i].isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }

    /** Known since DS 1.4: what the activation threw. */
    private static String failure(Object configuration) throws Exception {
        return String.valueOf(field(configuration, "failure"));
    }

    private static @Nullable Object field(Object object, String name) throws Exception {
        return object.getClass().getField(name).get(object);
    }

    static List<Path> jars(Path folder) {
        return files(folder, ".jar");
    }

    static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f ->
                            f.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InputStream open(Path file) throws IOException {
        return Files.newInputStream(file);
    }
}
