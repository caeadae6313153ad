package solutions.itms.scs.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Gives the components their properties, which in Kura its configuration service does; like there, each has its
 * {@code kura.service.pid}, for an instance {@code factoryPid-name}.
 */
@Component(
        service = {},
        immediate = true)
public final class ConfigurationComponent {
    /** Framework property with the file that holds the lines. */
    static final String FILE = "scs.configuration";

    /** Called by the framework. */
    @Activate
    public ConfigurationComponent(BundleContext context, @Reference ConfigurationAdmin admin)
            throws IOException, Configuration.ConfigurationException {
        Configuration configuration = new Configuration();
        configuration.addFile(Path.of(context.getProperty(FILE)));
        for (Map.Entry<String, Map<String, String>> pid : configuration.pids().entrySet()) {
            apply(admin, pid.getKey(), pid.getValue());
        }
    }

    private static void apply(ConfigurationAdmin admin, String pid, Map<String, String> properties) throws IOException {
        Hashtable<String, Object> all = new Hashtable<>(properties);
        int tilde = pid.indexOf('~');
        if (tilde < 0) {
            all.put("kura.service.pid", pid);
            admin.getConfiguration(pid, "?").update(all);
        } else {
            String factoryPid = pid.substring(0, tilde);
            String name = pid.substring(tilde + 1);
            all.put("kura.service.pid", factoryPid + "-" + name);
            admin.getFactoryConfiguration(factoryPid, name, "?").update(all);
        }
    }
}
