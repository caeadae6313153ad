package solutions.itms.scs.station.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param path where: a JSON path such as {@code $.devices[2].ip}
 * @param rule which rule is broken: a keyword of the schema, {@code json} for the syntax, or {@code reading} for what the
 *     schema does not say
 * @param text what is wrong, and what is allowed
 */
public record ConfigProblem(String path, String rule, String text) {
    /** The rule of what a schema can't say. */
    static final String READING = "reading";

    @Override
    public String toString() {
        return path + ": " + text + " (" + rule + ")";
    }
}
