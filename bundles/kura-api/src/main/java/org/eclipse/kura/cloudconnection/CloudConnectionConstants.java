package org.eclipse.kura.cloudconnection;

/** Names of properties that tie the parts of a cloud connection together. */
public enum CloudConnectionConstants {
    /** Of a publisher or subscriber: the pid of its endpoint. */
    CLOUD_ENDPOINT_SERVICE_PID_PROP_NAME("cloud.endpoint.service.pid"),
    /** Of a publisher's or subscriber's component: the factory pid of the endpoints it works with. */
    CLOUD_CONNECTION_FACTORY_PID_PROP_NAME("cloud.connection.factory.pid");

    private final String value;

    CloudConnectionConstants(String value) {
        this.value = value;
    }

    /** The name of the property. */
    public String value() {
        return value;
    }
}
