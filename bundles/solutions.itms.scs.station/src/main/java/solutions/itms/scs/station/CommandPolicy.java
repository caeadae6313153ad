package solutions.itms.scs.station;

import java.util.Locale;
import solutions.itms.scs.api.settings.Options;

/** What commands from the cloud may change at this station. Entering an emergency they always may. */
enum CommandPolicy {
    /** Nothing else: they may look. */
    READ,
    /** Everything but taking a gate out of an emergency, for which somebody has to be at the station. */
    SET,
    /** Leaving an emergency, too, when the command is confirmed and has a reason. */
    ALL;

    private final String text = name().toLowerCase(Locale.ROOT);

    static CommandPolicy of(Options options) {
        String configured = options.text("commands.allow", SET.text);
        for (CommandPolicy policy : values()) {
            if (policy.text.equals(configured)) {
                return policy;
            }
        }
        // a typing error must not open what somebody wanted to close
        options.problem("commands.allow '" + configured + "' is none of read, set and all; using read");
        return READ;
    }
}
