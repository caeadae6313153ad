package solutions.itms.scs.onvif.soap;

import java.time.Duration;
import solutions.itms.scs.onvif.http.Endpoint;

/**
 * One operation with its parameters.
 *
 * @param endpoint who is asked
 * @param target path and query of the service there
 * @param service whose operation it is
 * @param operation its name in the WSDL
 * @param content XML inside the element of the operation; prefixes of {@link Envelope}
 * @param headers XML beside the security header
 * @param action of the WSDL; empty to make it of service and operation
 * @param idempotent whether it may be sent a second time
 * @param needsContent whether an empty answer means that the device does not have this function
 * @param limit after which it fails; of each try
 */
public record SoapCall(
        Endpoint endpoint,
        String target,
        Service service,
        String operation,
        String content,
        String headers,
        String action,
        boolean idempotent,
        boolean needsContent,
        Duration limit) {
    /** A read without parameters. */
    public static SoapCall read(Endpoint endpoint, String target, Service service, String operation, Duration limit) {
        return new SoapCall(endpoint, target, service, operation, "", "", "", true, false, limit);
    }

    /** The same with other parameters. */
    public SoapCall with(String parameters) {
        return new SoapCall(
                endpoint, target, service, operation, parameters, headers, action, idempotent, needsContent, limit);
    }

    /** The same, but an empty answer is a failure. */
    public SoapCall withContent() {
        return new SoapCall(endpoint, target, service, operation, content, headers, action, idempotent, true, limit);
    }

    /** The same, but never sent a second time. */
    public SoapCall once() {
        return new SoapCall(endpoint, target, service, operation, content, headers, action, false, needsContent, limit);
    }

    /** The same with another limit. */
    public SoapCall within(Duration other) {
        return new SoapCall(
                endpoint, target, service, operation, content, headers, action, idempotent, needsContent, other);
    }

    /** The same with WS-Addressing. */
    public SoapCall addressed(String wsaAction, String wsaHeaders) {
        return new SoapCall(
                endpoint, target, service, operation, content, wsaHeaders, wsaAction, idempotent, needsContent, limit);
    }

    /** Its action as the header names it. */
    String actionUri() {
        return action.isEmpty() ? service.namespace() + "/" + operation : action;
    }

    /** Without parameters: they may hold what is nobody's business. */
    @Override
    public String toString() {
        return operation + " of " + service;
    }
}
