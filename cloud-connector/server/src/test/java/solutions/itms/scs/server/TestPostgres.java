package solutions.itms.scs.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import solutions.itms.scs.server.db.PostgresAddress;

/**
 * Gives a test a fresh database, as a parameter of type {@link PostgresAddress}, of the one PostgreSQL that all tests of
 * this JVM share.
 */
public final class TestPostgres implements ParameterResolver {
    private static @Nullable PostgresCluster shared;

    /** A new, empty database. Thread-safe. */
    public static synchronized PostgresAddress freshDatabase() {
        try {
            PostgresCluster cluster = shared;
            if (cluster == null) {
                // what is tested is not whether PostgreSQL survives a power cut
                cluster = PostgresCluster.start("fsync=off", "full_page_writes=off");
                shared = cluster;
            }
            return cluster.freshDatabase();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PostgresAddress.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return freshDatabase();
    }
}
