package solutions.itms.scs.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Properties;
import org.sqlite.JDBC;

/**
 * Loads the SQLite library once per class loader, and leaves no trace of it in the JVM or on the disk: the unpacked file
 * is deleted as soon as it is loaded, and the driver is not kept in {@link DriverManager}, so that the bundle can be
 * updated while the JVM goes on.
 */
final class SqliteLibrary {
    private static final String TMPDIR = "org.sqlite.tmpdir";
    private static boolean loaded;

    private SqliteLibrary() {}

    static Connection connect(Path file, Properties options, Path unpackIn) throws SQLException, IOException {
        load(unpackIn);
        return JDBC.createConnection("jdbc:sqlite:" + file, options);
    }

    private static synchronized void load(Path unpackIn) throws SQLException, IOException {
        if (loaded) {
            return;
        }
        // a folder of our own: /tmp may be mounted noexec, and other software may unpack its own copy there
        Files.createDirectories(unpackIn);
        String before = System.getProperty(TMPDIR);
        System.setProperty(TMPDIR, unpackIn.toString());
        try {
            JDBC.createConnection("jdbc:sqlite::memory:", new Properties()).close();
        } finally {
            if (before == null) {
                System.clearProperty(TMPDIR);
            } else {
                System.setProperty(TMPDIR, before);
            }
        }
        loaded = true;
        forgetDriver();
        deleteUnpacked(unpackIn);
    }

    private static void forgetDriver() throws SQLException {
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (driver instanceof JDBC) {
                DriverManager.deregisterDriver(driver);
            }
        }
    }

    private static void deleteUnpacked(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "sqlite-*")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }
}
