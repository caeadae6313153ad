package solutions.itms.scs.store;

import java.util.List;

/**
 * The steps that make a database, oldest first. A step is never changed once it was released: a newer step is added.
 *
 * @param steps SQL statements of each step; the file remembers how many it has had
 */
public record Schema(List<List<String>> steps) {
    public Schema {
        steps = steps.stream().map(List::copyOf).toList();
    }

    /** A schema with one step. */
    public static Schema of(String... statements) {
        return new Schema(List.of(List.of(statements)));
    }
}
