package solutions.itms.scs.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** One SQLite file: opened, checked, migrated, and set aside when damaged. Not thread-safe. */
final class DatabaseFile {
    /** "SCSD": files of other software are recognised and left alone. */
    private static final int APPLICATION_ID = 0x53435344;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path file;
    private final Path unpackIn;
    private final Schema schema;
    private final Durability durability;
    private final Clock clock;

    DatabaseFile(Path file, Schema schema, Durability durability, Clock clock) {
        this.file = file;
        this.unpackIn =
                file.resolveSibling(".native-" + ProcessHandle.current().pid() + "-" + System.identityHashCode(this));
        this.schema = schema;
        this.durability = durability;
        this.clock = clock;
    }

    Path path() {
        return file;
    }

    /** A connection to the file as it is, at the newest schema. */
    Connection open() throws StoreException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            // a log that was not merged means that the last process did not close the file
            boolean unclean = Files.exists(sibling("-wal"));
            createPrivate();
            Connection connection = connect(false);
            try {
                prepare(connection, unclean);
                return connection;
            } catch (SQLException | RuntimeException | StoreException e) {
                closeQuietly(connection);
                throw e;
            }
        } catch (SQLException e) {
            throw StoreException.from(e);
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreException(StoreException.Kind.READ_ONLY, "can't write " + file + ": " + e, e);
        }
    }

    /** A connection that only reads. */
    Connection openReader() throws StoreException {
        try {
            return connect(true);
        } catch (SQLException e) {
            throw StoreException.from(e);
        } catch (IOException e) {
            throw new StoreException(StoreException.Kind.READ_ONLY, "can't read " + file + ": " + e, e);
        }
    }

    /** Renames the file and its log, so that the next open makes a new one; the new name of the file. */
    Path setAside() throws StoreException {
        String suffix = ".corrupt-" + STAMP.format(clock.instant());
        try {
            for (String part : List.of("-wal", "-shm")) {
                if (Files.exists(sibling(part))) {
                    Files.move(sibling(part), sibling(suffix + part));
                }
            }
            return Files.move(file, sibling(suffix));
        } catch (IOException e) {
            throw new StoreException(StoreException.Kind.CORRUPT, "can't set " + file + " aside: " + e, e);
        }
    }

    /** Bytes of the file and its log. */
    long size() {
        return file.toFile().length() + sibling("-wal").toFile().length();
    }

    /** Rewrites the file without what was deleted. */
    static void compact(Connection connection) throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } finally {
            connection.setAutoCommit(false);
        }
    }

    private void createPrivate() throws IOException {
        if (!Files.exists(file)
                && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    private Connection connect(boolean readOnly) throws SQLException, IOException {
        Properties options = new Properties();
        options.setProperty("busy_timeout", "5000");
        // nobody asks for them, and the driver would query them after every statement
        options.setProperty("jdbc.get_generated_keys", "false");
        Connection connection = SqliteLibrary.connect(file, options, unpackIn);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA cache_size = -2000");
            if (readOnly) {
                statement.execute("PRAGMA query_only = true");
            }
        } catch (SQLException e) {
            closeQuietly(connection);
            throw e;
        }
        return connection;
    }

    private void prepare(Connection connection, boolean unclean) throws SQLException, StoreException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = " + durability);
            statement.execute("PRAGMA journal_size_limit = 4194304");
            statement.execute("PRAGMA foreign_keys = true");
            if (unclean) {
                check(statement);
            }
            migrate(connection, statement);
        }
    }

    private void check(Statement statement) throws SQLException, StoreException {
        String answer = text(statement, "PRAGMA quick_check(1)");
        if (!"ok".equals(answer)) {
            throw new StoreException(StoreException.Kind.CORRUPT, file + " is damaged: " + answer);
        }
    }

    private void migrate(Connection connection, Statement statement) throws SQLException, StoreException {
        int version = number(statement, "PRAGMA user_version");
        int id = number(statement, "PRAGMA application_id");
        boolean foreign = id != APPLICATION_ID && (id != 0 || version != 0);
        if (foreign || version > schema.steps().size()) {
            throw new StoreException(
                    StoreException.Kind.TOO_NEW,
                    file + " has schema version " + version + " of application " + id + ", this software knows "
                            + schema.steps().size());
        }
        connection.setAutoCommit(false);
        if (version == 0) {
            statement.execute("PRAGMA application_id = " + APPLICATION_ID);
        }
        for (List<String> step : schema.steps().subList(version, schema.steps().size())) {
            for (String sql : step) {
                statement.execute(sql);
            }
        }
        if (version < schema.steps().size()) {
            statement.execute("PRAGMA user_version = " + schema.steps().size());
        }
        connection.commit();
    }

    private Path sibling(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private static @Nullable String text(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    static void closeQuietly(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // the file is given up anyway
            }
        }
    }
}
