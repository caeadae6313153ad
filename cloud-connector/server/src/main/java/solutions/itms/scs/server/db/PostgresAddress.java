package solutions.itms.scs.server.db;

import java.util.Locale;

/**
 * Where a PostgreSQL database is and who the server is there.
 *
 * @param url such as {@code jdbc:postgresql://host:5432/scs}, without a password in it
 * @param user role that owns the tables
 * @param password may be empty, where the database asks for none
 */
public record PostgresAddress(String url, String user, String password) {
    private static final String PREFIX = "jdbc:postgresql:";

    /** @throws IllegalArgumentException if the URL can't be used; the text is for people and holds no secret */
    public PostgresAddress {
        if (!url.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a database URL begins with " + PREFIX + "//");
        }
        if (url.toLowerCase(Locale.ROOT).contains("password=")
                || url.replaceAll("\\?.*", "").contains("@")) {
            throw new IllegalArgumentException("a database URL must not hold a user or password");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return url;
    }
}
