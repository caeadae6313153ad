package org.eclipse.kura.cloudconnection.request;

/** Names of the properties of a request's message. */
public enum RequestHandlerMessageConstants {
    /** A list of the topic's levels behind the method. */
    ARGS_KEY("args");

    private final String value;

    RequestHandlerMessageConstants(String value) {
        this.value = value;
    }

    /** The name of the property. */
    public String value() {
        return value;
    }
}
