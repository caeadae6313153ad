package solutions.itms.scs.cloud.mqtt;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What a person can set of a {@link CloudSubscriberComponent}. */
@ObjectClassDefinition(
        id = CloudSubscriberComponent.PID,
        name = "SCS cloud subscriber",
        description = "Hands messages from the cloud to applications, over an SCS cloud connection.")
@interface CloudSubscriberConfig {
    @AttributeDefinition(
            name = "Cloud endpoint",
            required = false,
            description = "The kura.service.pid of the cloud connection. Empty: the only one there is.")
    String cloud_endpoint_service_pid() default "";

    @AttributeDefinition(name = "Application ID", description = "The topic level behind account and client id.")
    String appId() default CloudSubscriberComponent.APP_ID;

    @AttributeDefinition(
            name = "Application topic",
            required = false,
            description =
                    "The topic levels behind the application id; + stands for one level, # at the end for all that"
                            + " follow. Empty: everything of the application.")
    String app_topic() default CloudSubscriberComponent.APP_TOPIC;

    @AttributeDefinition(
            name = "QoS",
            description = "1: the broker repeats a message until it is acknowledged. 0: it may get lost.",
            options = {@Option(label = "0", value = "0"), @Option(label = "1", value = "1")})
    int qos() default KuraMessageAdapter.DEFAULT_QOS;

    @AttributeDefinition(
            name = "Message type",
            description = "control: the topics begin with $EDC.",
            options = {@Option(label = "Data", value = "data"), @Option(label = "Control", value = "control")})
    String message_type() default PublisherSettings.DATA;
}
