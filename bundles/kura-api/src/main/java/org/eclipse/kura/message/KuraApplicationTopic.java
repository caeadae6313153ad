package org.eclipse.kura.message;

/** The part of a topic that belongs to an application; a subclass sets the fields. */
public abstract class KuraApplicationTopic {
    protected String applicationId;
    protected String applicationTopic;

    public KuraApplicationTopic() {}

    public String getApplicationId() {
        return applicationId;
    }

    /** The levels behind the application id. */
    public String getApplicationTopic() {
        return applicationTopic;
    }
}
