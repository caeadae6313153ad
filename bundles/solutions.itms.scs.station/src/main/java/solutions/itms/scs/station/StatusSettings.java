package solutions.itms.scs.station;

import java.time.Duration;
import solutions.itms.scs.api.settings.Options;

/**
 * How the status of gates is found.
 *
 * @param returnBeats heartbeats in a row after which a silent gate counts as present again
 * @param clockSkew median difference between a gate's clock and ours at which an alarm is raised
 * @param keepUnknown whether fields of a heartbeat that this software does not know are kept and shown
 * @param transitionDays how long changes of status are kept
 * @param auditDays how long the audit is kept
 */
record StatusSettings(int returnBeats, Duration clockSkew, boolean keepUnknown, int transitionDays, int auditDays) {

    static final int DEFAULT_RETURN_BEATS = 1;
    static final int DEFAULT_CLOCK_SKEW_SECONDS = 3;
    static final int DEFAULT_TRANSITION_DAYS = 90;
    static final int DEFAULT_AUDIT_DAYS = 730;

    static StatusSettings of(Options options) {
        String unknown = options.text("unknown.fields", "ignore");
        if (!unknown.equals("ignore") && !unknown.equals("keep")) {
            options.problem("unknown.fields '" + unknown + "' is neither ignore nor keep; using ignore");
        }
        return new StatusSettings(
                options.number("return.beats", 1, 100, DEFAULT_RETURN_BEATS),
                Duration.ofSeconds(options.number("gate.clock.skew", 2, 3600, DEFAULT_CLOCK_SKEW_SECONDS)),
                unknown.equals("keep"),
                options.number("transition.retention.days", 1, 3650, DEFAULT_TRANSITION_DAYS),
                options.number("audit.retention.days", 30, 36_500, DEFAULT_AUDIT_DAYS));
    }
}
