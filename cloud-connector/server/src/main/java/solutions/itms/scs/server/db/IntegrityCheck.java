package solutions.itms.scs.server.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.sqlite.SQLiteErrorCode;

/** Finds out before anything is written whether a database file is sound, and puts a damaged one aside. */
public final class IntegrityCheck {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int PRIMARY_CODE = 0xFF;

    private IntegrityCheck() {}

    /** @throws CorruptDatabaseException if there is a file and it is damaged or no database */
    static void run(Path file) throws CorruptDatabaseException, IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("pragma quick_check(1)")) {
            String answer = rows.next() ? rows.getString(1) : "no answer";
            if (!"ok".equals(answer)) {
                throw new CorruptDatabaseException(file, answer);
            }
        } catch (SQLException e) {
            if (isCorruption(e)) {
                throw new CorruptDatabaseException(file, String.valueOf(e.getMessage()));
            }
            throw new IOException("cannot open the database " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Renames the file, and the log and index that belong to it, so that a new database can take its place.
     *
     * @return where the damaged file is now
     */
    public static Path putAside(Path file, Clock clock) throws IOException {
        String suffix = ".corrupt-" + STAMP.format(clock.instant());
        for (String part : List.of("", "-wal", "-shm")) {
            Path source = file.resolveSibling(file.getFileName() + part);
            if (Files.exists(source)) {
                Files.move(source, file.resolveSibling(file.getFileName() + suffix + part));
            }
        }
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static boolean isCorruption(SQLException e) {
        int code = e.getErrorCode() & PRIMARY_CODE;
        return code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code;
    }
}
