package solutions.itms.scs.store.component;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.eclipse.kura.system.SystemService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import solutions.itms.scs.store.Database;
import solutions.itms.scs.store.Durability;
import solutions.itms.scs.store.FileStores;
import solutions.itms.scs.store.Schema;
import solutions.itms.scs.store.StoreException;
import solutions.itms.scs.store.Stores;

/**
 * Offers {@link Stores} in {@code scs} of Kura's data directory, which survives a restart as bundle storage does not;
 * without Kura in the directory that the framework property {@code scs.data} names.
 */
@Component(name = "solutions.itms.scs.store", service = Stores.class)
public final class StoreComponent implements Stores {
    private @Nullable SystemService system;
    private @Nullable FileStores stores;

    // a method: SCR 2.1 can't construct a component whose optional service is missing
    @Reference(
            name = "SystemService",
            cardinality = ReferenceCardinality.OPTIONAL,
            policyOption = ReferencePolicyOption.GREEDY)
    void setSystemService(SystemService service) {
        system = service;
    }

    @Activate
    void activate(BundleContext context) {
        stores = new FileStores(directory(context.getProperty("scs.data"), system), Clock.systemUTC());
    }

    @Override
    public Path directory() {
        return stores().directory();
    }

    @Override
    public Database open(String name, Schema schema, Durability durability) throws StoreException {
        return stores().open(name, schema, durability);
    }

    @Override
    public Database openFile(Path file, Schema schema, Durability durability) throws StoreException {
        return stores().openFile(file, schema, durability);
    }

    private FileStores stores() {
        return Objects.requireNonNull(stores, "not activated");
    }

    private static Path directory(@Nullable String property, @Nullable SystemService system) {
        if (property != null) {
            return Path.of(property);
        }
        String data = system == null ? null : system.getKuraDataDirectory();
        return data == null ? Path.of("scs-data") : Path.of(data, "scs");
    }
}
