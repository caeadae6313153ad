package solutions.itms.scs.testkit.camera;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Whether a datagram is a probe as WS-Discovery of April 2005 asks for, the version that ONVIF names: SOAP 1.2, action,
 * message id and the well-known address in the header, and one Probe with types before scopes.
 */
final class ProbeRules {
    private static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";
    private static final String WSA = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
    private static final String D = "http://schemas.xmlsoap.org/ws/2005/04/discovery";
    private static final String EVERYBODY = "urn:schemas-xmlsoap-org:ws:2005:04:discovery";

    private ProbeRules() {}

    /** What is wrong with it; empty when nothing is. */
    static String problem(byte[] datagram) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Element envelope = factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(datagram))
                    .getDocumentElement();
            List<Element> parts = Rules.children(envelope);
            if (!is(envelope, SOAP, "Envelope")
                    || parts.size() != 2
                    || !is(parts.get(0), SOAP, "Header")
                    || !is(parts.get(1), SOAP, "Body")) {
                return "no envelope of SOAP 1.2 with a header and a body";
            }
            String wrong = header(Rules.children(parts.get(0)));
            return wrong.isEmpty() ? body(Rules.children(parts.get(1))) : wrong;
        } catch (SAXException | IOException | ParserConfigurationException e) {
            return "no XML: " + e.getMessage();
        }
    }

    private static String header(List<Element> headers) {
        if (!text(headers, "Action").equals(D + "/Probe")) {
            return "the action is '" + text(headers, "Action") + "'";
        }
        if (!text(headers, "To").equals(EVERYBODY)) {
            return "it is to '" + text(headers, "To") + "'";
        }
        return text(headers, "MessageID").matches("(urn:)?uuid:[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                ? ""
                : "the message id '" + text(headers, "MessageID") + "' is no uuid";
    }

    private static String body(List<Element> content) {
        if (content.size() != 1 || !is(content.get(0), D, "Probe")) {
            return "the body is not one Probe";
        }
        List<Element> inside = Rules.children(content.get(0)).stream()
                .filter(each -> D.equals(each.getNamespaceURI()))
                .toList();
        List<String> names = inside.stream().map(Element::getLocalName).toList();
        if (!Set.of(List.of(), List.of("Types"), List.of("Scopes"), List.of("Types", "Scopes"))
                .contains(names)) {
            return "the Probe has " + names + ", not Types and Scopes";
        }
        for (Element each : inside) {
            for (String type : each.getTextContent().trim().split("\\s+")) {
                int colon = type.indexOf(':');
                if (each.getLocalName().equals("Types")
                        && !type.isEmpty()
                        && each.lookupNamespaceURI(colon < 0 ? null : type.substring(0, colon)) == null) {
                    return "the type " + type + " is in no namespace";
                }
            }
        }
        return "";
    }

    private static boolean is(Element element, String namespace, String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }

    private static String text(List<Element> headers, String name) {
        return headers.stream()
                .filter(each -> is(each, WSA, name))
                .map(each -> each.getTextContent().trim())
                .findFirst()
                .orElse("");
    }
}
