package solutions.itms.scs.gateway;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an administrator sees of this component in the Kura web console. */
@ObjectClassDefinition(
        id = GatewayConfig.PID,
        name = "SCS Gateway",
        description = "Numbers the messages of all SCS bundles, sends them to the cloud and keeps a history of them.")
@interface GatewayConfig {
    String PID = "solutions.itms.scs.gateway";

    @AttributeDefinition(
            name = "CloudPublisher Target Filter",
            description = "The cloud publisher that carries the messages: an OSGi filter such as"
                    + " (kura.service.pid=scs-publisher). Its application topic must be $subject and its application id"
                    + " SCS-V1. Messages wait until it is there.")
    String CloudPublisher_target() default "(kura.service.pid=changeme)";

    int DAYS = 7;
    int MAX_DAYS = 365;
    int MEGABYTES = 100;
    int MAX_MEGABYTES = 10_000;

    @AttributeDefinition(
            name = "History (days)",
            min = "0",
            max = "" + MAX_DAYS,
            description = "Days for which what was sent can be read on the gateway itself. 0: none is kept.")
    int history_days() default DAYS;

    @AttributeDefinition(
            name = "History size (MB)",
            min = "1",
            max = "" + MAX_MEGABYTES,
            description = "Megabytes on the disk that the history may take; beyond it the oldest quarter is removed.")
    int history_megabytes() default MEGABYTES;
}
