package solutions.itms.scs.gateway;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an administrator sees of this component in the Kura web console. */
@ObjectClassDefinition(
        id = GatewayConfig.PID,
        name = "SCS Gateway",
        description = "Numbers the messages of all SCS bundles and sends them to the cloud.")
@interface GatewayConfig {
    String PID = "solutions.itms.scs.gateway";

    @AttributeDefinition(
            name = "CloudPublisher Target Filter",
            description = "The cloud publisher that carries the messages: an OSGi filter such as"
                    + " (kura.service.pid=scs-publisher). Its application topic must be $subject and its application id"
                    + " SCS-V1. Messages wait until it is there.")
    String CloudPublisher_target() default "(kura.service.pid=changeme)";
}
