package solutions.itms.scs.message.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of JSON Schema (2020-12) that the registry needs: {@code type}, {@code enum}, {@code const}, {@code minimum},
 * {@code maximum}, {@code minLength}, {@code maxLength}, {@code pattern}, {@code properties}, {@code required}, {@code
 * additionalProperties} (true or false), {@code items}, {@code minItems}, {@code maxItems}; and to describe it {@code
 * title}, {@code description}, {@code default}, {@code format}, {@code examples} and members that begin with {@code x-}.
 * Values are as {@link JsonText} reads them. Immutable.
 */
public final class Schema {
    private static final int MAX_PROBLEMS = 20;

    private final Map<String, @Nullable Object> json;
    private final List<Rule> rules;
    private final Map<String, Schema> properties;

    Schema(Map<String, @Nullable Object> json, List<Rule> rules, Map<String, Schema> properties) {
        this.json = json;
        this.rules = List.copyOf(rules);
        this.properties = properties;
    }

    /** One keyword, ready to be applied. */
    @FunctionalInterface
    interface Rule {
        void check(@Nullable Object value, String pointer, List<Problem> problems);
    }

    /** Reads a schema. @throws RegistryException if it is faulty, or uses what this class does not know */
    public static Schema of(Map<String, @Nullable Object> json) {
        return SchemaReader.read(json, "");
    }

    /** The schema itself, for forms and documents. */
    public Map<String, @Nullable Object> json() {
        return json;
    }

    /** The schemas of an object's members, by name, in the order of the registry. */
    public Map<String, Schema> properties() {
        return properties;
    }

    /** The value of a keyword that describes, such as {@code title}. */
    public Optional<Object> keyword(String name) {
        return Optional.ofNullable(json.get(name));
    }

    /** What is wrong with the value: at most {@value #MAX_PROBLEMS} problems, none if it is valid. */
    public List<Problem> validate(@Nullable Object value) {
        List<Problem> problems = new ArrayList<>(0);
        check(value, "", problems);
        return problems.size() > MAX_PROBLEMS ? List.copyOf(problems.subList(0, MAX_PROBLEMS)) : problems;
    }

    void check(@Nullable Object value, String pointer, List<Problem> problems) {
        for (Rule rule : rules) {
            if (problems.size() > MAX_PROBLEMS) {
                return;
            }
            rule.check(value, pointer, problems);
        }
    }
}
