package solutions.itms.scs.cloud.mqtt;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What a person can set of a {@link CloudPublisherComponent}. {@link PublisherSettings} reads it, with the same defaults. */
@ObjectClassDefinition(
        id = CloudPublisherComponent.PID,
        name = "SCS cloud publisher",
        description = "Sends messages of applications over an SCS cloud connection.")
@interface CloudPublisherConfig {
    @AttributeDefinition(
            name = "Cloud endpoint",
            required = false,
            description = "The kura.service.pid of the cloud connection. Empty: the only one there is.")
    String cloud_endpoint_service_pid() default "";

    @AttributeDefinition(name = "Application ID", description = "The topic level behind account and client id.")
    String appId() default PublisherSettings.APP_ID;

    @AttributeDefinition(
            name = "Application topic",
            required = false,
            description =
                    "The topic levels behind the application id. $name is replaced by the property of that name of"
                            + " the message.")
    String app_topic() default PublisherSettings.APP_TOPIC;

    @AttributeDefinition(
            name = "QoS",
            description = "1: the broker acknowledges each message, which may arrive twice. 0: it may get lost.",
            options = {@Option(label = "0", value = "0"), @Option(label = "1", value = "1")})
    int qos() default KuraMessageAdapter.DEFAULT_QOS;

    @AttributeDefinition(name = "Retain", description = "Whether the broker keeps the last message of each topic.")
    boolean retain() default false;

    @AttributeDefinition(
            name = "Message type",
            description = "control: the topics begin with $EDC.",
            options = {@Option(label = "Data", value = "data"), @Option(label = "Control", value = "control")})
    String message_type() default PublisherSettings.DATA;

    @AttributeDefinition(
            name = "Priority",
            min = "0",
            max = "" + PublisherSettings.MAX_PRIORITY,
            description =
                    "0 is the most urgent. Urgent messages are sent first, and dropped last when the queue is full.")
    int priority() default KuraMessageAdapter.DEFAULT_PRIORITY;
}
