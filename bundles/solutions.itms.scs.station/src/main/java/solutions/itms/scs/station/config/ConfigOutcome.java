package solutions.itms.scs.station.config;

import java.util.List;

/** What reading the configuration came to. */
public sealed interface ConfigOutcome {
    /**
     * It can be used.
     *
     * @param file what it says
     * @param defaults one line for each value that it leaves to its default
     * @param warnings what is allowed, but hardly meant
     */
    record Loaded(StationFile file, List<String> defaults, List<String> warnings) implements ConfigOutcome {
        public Loaded {
            defaults = List.copyOf(defaults);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * It can't be used.
     *
     * @param problems all that is wrong, at least one
     */
    record Refused(List<ConfigProblem> problems) implements ConfigOutcome {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** There is no file. */
    record Missing() implements ConfigOutcome {}
}
