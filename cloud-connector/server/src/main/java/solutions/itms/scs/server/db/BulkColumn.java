package solutions.itms.scs.server.db;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column in many rows that are added at once.
 *
 * @param name of the column
 * @param kind of all its values
 * @param values a {@link Long}, {@link Double} or {@link String} for each row, as the kind says, or null
 */
public record BulkColumn(String name, Kind kind, List<? extends @Nullable Object> values) {
    /** What a column holds. */
    public enum Kind {
        WHOLE("bigint"),
        NUMBER("float8"),
        TEXT("text");

        private final String sqlType;

        Kind(String sqlType) {
            this.sqlType = sqlType;
        }

        String sqlType() {
            return sqlType;
        }
    }
}
