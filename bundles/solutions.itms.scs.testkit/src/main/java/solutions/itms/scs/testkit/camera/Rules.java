package solutions.itms.scs.testkit.camera;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Whether a request is what the standard asks for: its envelope, its headers, and its operation by the grammar. */
final class Rules {
    private static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";
    private static final String WSA = "http://www.w3.org/2005/08/addressing";
    private static final Map<String, String> NAMESPACES = Map.ofEntries(
            Map.entry("http://www.onvif.org/ver10/schema", "tt"),
            Map.entry("http://www.onvif.org/ver10/device/wsdl", "tds"),
            Map.entry("http://www.onvif.org/ver10/deviceIO/wsdl", "tmd"),
            Map.entry("http://www.onvif.org/ver10/media/wsdl", "trt"),
            Map.entry("http://www.onvif.org/ver20/media/wsdl", "tr2"),
            Map.entry("http://www.onvif.org/ver20/imaging/wsdl", "timg"),
            Map.entry("http://www.onvif.org/ver20/ptz/wsdl", "tptz"),
            Map.entry("http://www.onvif.org/ver10/events/wsdl", "tev"),
            Map.entry("http://www.onvif.org/ver10/recording/wsdl", "trc"),
            Map.entry("http://www.onvif.org/ver10/search/wsdl", "tse"),
            Map.entry("http://www.onvif.org/ver10/replay/wsdl", "trp"),
            Map.entry("http://docs.oasis-open.org/wsn/b-2", "wsnt"),
            Map.entry(WSA, "wsa"),
            Map.entry("http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd", "wsse"),
            Map.entry("http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd", "wsu"));
    private static final Grammar GRAMMAR = Grammar.load();

    private Rules() {}

    static List<Element> children(Element parent) {
        List<Element> all = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                all.add(element);
            }
        }
        return all;
    }

    /** The usual prefix of an element's namespace, whichever it was sent with. */
    static String prefix(Element element) {
        return NAMESPACES.getOrDefault(String.valueOf(element.getNamespaceURI()), "?");
    }

    static String name(Element element) {
        return prefix(element) + ":" + element.getLocalName();
    }

    /** The element of the operation. @throws IllegalArgumentException when it is no SOAP 1.2 with one operation */
    static Element operation(Document document) {
        Element envelope = document.getDocumentElement();
        List<Element> parts = children(envelope);
        for (Element part : parts) {
            if (!SOAP.equals(part.getNamespaceURI())) {
                throw new IllegalArgumentException("the envelope is not SOAP 1.2");
            }
        }
        if (!SOAP.equals(envelope.getNamespaceURI()) || !envelope.getLocalName().equals("Envelope")) {
            throw new IllegalArgumentException("no SOAP 1.2");
        }
        Element body = parts.isEmpty() ? envelope : parts.get(parts.size() - 1);
        boolean header = parts.size() == 2 && parts.get(0).getLocalName().equals("Header");
        if (!body.getLocalName().equals("Body") || (parts.size() != 1 && !header)) {
            throw new IllegalArgumentException("the envelope has other parts than a header and a body");
        }
        if (children(body).size() != 1) {
            throw new IllegalArgumentException("the body has not one element");
        }
        return children(body).get(0);
    }

    /** What is wrong with a request; empty when nothing is. */
    static Optional<String> problem(Element operation, Document document) {
        String name = name(operation);
        if (!GRAMMAR.knows(name)) {
            return Optional.of("unknown operation " + name);
        }
        return GRAMMAR.problem(name, operation).or(() -> headers(name, document));
    }

    private static Optional<String> headers(String name, Document document) {
        Element first = children(document.getDocumentElement()).get(0);
        List<Element> headers = first.getLocalName().equals("Header") ? children(first) : List.of();
        String action = "";
        boolean identified = false;
        for (Element header : headers) {
            boolean parameter =
                    header.getAttributeNS(WSA, "IsReferenceParameter").matches("true|1");
            Optional<String> problem = parameter
                    ? Optional.empty()
                    : GRAMMAR.knows(name(header))
                            ? GRAMMAR.problem(name(header), header)
                            : Optional.of(name + " has the header " + name(header));
            if (problem.isPresent()) {
                return problem;
            }
            action = name(header).equals("wsa:Action") ? header.getTextContent() : action;
            identified |= name(header).equals("wsa:MessageID");
        }
        String wanted = GRAMMAR.action(name);
        if (!wanted.isEmpty() && !wanted.equals(action)) {
            return Optional.of(name + " has the action '" + action + "'");
        }
        return wanted.isEmpty() || identified ? Optional.empty() : Optional.of(name + " has no wsa:MessageID");
    }
}
