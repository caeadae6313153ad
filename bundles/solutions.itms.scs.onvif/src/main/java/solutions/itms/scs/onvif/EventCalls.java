package solutions.itms.scs.onvif;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import solutions.itms.scs.onvif.soap.DeviceTimes;
import solutions.itms.scs.onvif.soap.Service;
import solutions.itms.scs.onvif.soap.SoapCall;
import solutions.itms.scs.onvif.xml.XmlNode;

/** The calls by which events are subscribed (WS-BaseNotification, ONVIF Core 9), and what their answers say. Stateless. */
final class EventCalls {
    static final String EVENTS = "http://www.onvif.org/ver10/events/wsdl";
    static final String WSN = "http://docs.oasis-open.org/wsn/bw-2";

    private EventCalls() {}

    /** @param termination a duration or a time */
    static SoapCall pullPoint(OnvifDevice device, String termination) {
        String action = EVENTS + "/EventPortType/CreatePullPointSubscriptionRequest";
        return device.read(Service.EVENTS, "CreatePullPointSubscription")
                .with("<tev:InitialTerminationTime>" + termination + "</tev:InitialTerminationTime>")
                .addressed(action, addressing(action))
                .once();
    }

    /** @param address where the device is to send events to */
    static SoapCall subscribe(OnvifDevice device, String address, String termination) {
        String action = WSN + "/NotificationProducer/SubscribeRequest";
        return device.read(Service.EVENTS, "wsnt:Subscribe")
                .with("<wsnt:ConsumerReference><wsa:Address>" + XmlNode.escape(address)
                        + "</wsa:Address></wsnt:ConsumerReference><wsnt:InitialTerminationTime>" + termination
                        + "</wsnt:InitialTerminationTime>")
                .addressed(action, addressing(action))
                .once();
    }

    /** What kinds of events a device announces. */
    static SoapCall topics(OnvifDevice device) {
        String action = EVENTS + "/EventPortType/GetEventPropertiesRequest";
        return device.read(Service.EVENTS, "GetEventProperties").addressed(action, addressing(action));
    }

    /** A call to a subscription, with the device's own text of its address. */
    static SoapCall managed(
            OnvifDevice device,
            Addresses.Target at,
            Subscription to,
            String operation,
            String parameters,
            String action) {
        String headers = addressing(action) + "<wsa:To>" + XmlNode.escape(to.address()) + "</wsa:To>" + to.parameters();
        return SoapCall.read(at.endpoint(), at.path(), Service.EVENTS, operation, device.limit())
                .with(parameters)
                .addressed(action, headers)
                .once();
    }

    /** A reference parameter as it goes back to the device. */
    static String marked(XmlNode child) {
        return child.toXml()
                .replaceFirst(
                        "^<([^\\s>]+)",
                        "<$1 xmlns:wsa=\"http://www.w3.org/2005/08/addressing\" wsa:IsReferenceParameter=\"true\"");
    }

    /** For how long the device has granted a subscription; by its own clock alone. */
    static Optional<Duration> granted(XmlNode node) {
        Optional<Instant> from = node.text("CurrentTime").flatMap(DeviceTimes::parse);
        Optional<Instant> until = node.text("TerminationTime").flatMap(DeviceTimes::parse);
        return from.flatMap(f -> until.map(u -> Duration.between(f, u)));
    }

    private static String addressing(String action) {
        return "<wsa:Action>" + action + "</wsa:Action><wsa:MessageID>urn:uuid:" + UUID.randomUUID()
                + "</wsa:MessageID>";
    }
}
